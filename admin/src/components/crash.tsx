import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useRouteError } from 'react-router';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

/** A chunk of an older build is gone after an update of the server. */
const isOldBuild = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);

function CrashPage({ error }: { error: unknown }) {
  const c = useText(commonTexts);
  return (
    <div className="state" role="alert" style={{ paddingTop: '20vh' }}>
      <h2>{isOldBuild(error) ? c('newVersion') : c('crashTitle')}</h2>
      {isOldBuild(error) ? null : <p>{c('crashText')}</p>}
      <div className="do">
        <Button type="primary" onClick={() => window.location.reload()}>
          {c('reload')}
        </Button>
      </div>
    </div>
  );
}

export function RouteCrash() {
  return <CrashPage error={useRouteError()} />;
}

/** Catches what breaks outside of the routes. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    return this.state.error ? <CrashPage error={this.state.error} /> : this.props.children;
  }
}
