import { CloudOutlined, CompassOutlined, InboxOutlined, LockOutlined } from '@ant-design/icons';
import type { Permission } from '@talent-card/shared/accounts/permissions';
import { Alert, Button, Skeleton } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { commonTexts } from '../i18n/common.js';
import { permissionTexts } from '../i18n/domain.js';
import { useText } from '../i18n/index.js';
import { ApiError } from '../services/api.js';
import { useErrorText } from './errors.js';

/** A list without rows: says why and offers the next step. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="state">
      <InboxOutlined style={{ fontSize: 40 }} aria-hidden />
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div className="do">{action}</div> : null}
    </div>
  );
}

/** Nothing but the filters is in the way: one click takes them out. */
export function NothingMatches({ onReset, text }: { onReset: () => void; text?: string | undefined }) {
  const c = useText(commonTexts);
  return (
    <Empty title={c('noneMatch')} action={<Button onClick={onReset}>{c('reset')}</Button>}>
      {text ?? c('noneMatchText')}
    </Empty>
  );
}

/** What failed, in words, with a way on and the number that operations ask for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useText(commonTexts);
  const wordsOf = useErrorText();
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="state" role="alert">
      <CloudOutlined style={{ fontSize: 40 }} aria-hidden />
      <h2>{t('failedTitle')}</h2>
      <p>{wordsOf(error)}</p>
      {requestId ? <p className="small num">{t('requestId', { id: requestId })}</p> : null}
      {onRetry ? (
        <div className="do">
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      ) : null}
    </div>
  );
}

/** A refused or failed write, beside the form that asked for it. */
export function WriteFailure({ error, extra }: { error: unknown; extra?: ReactNode }) {
  const t = useText(commonTexts);
  const wordsOf = useErrorText();
  if (!error) return null;
  const requestId = error instanceof ApiError && error.isUncertain ? error.requestId : null;
  const seconds = error instanceof ApiError ? error.details.retryAfterSeconds : undefined;
  const wait =
    typeof seconds === 'number' ? t('retryAfterMinutes', { minutes: Math.ceil(seconds / 60) }) : null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={wordsOf(error)}
      description={
        requestId || extra || wait ? (
          <>
            {extra}
            {wait ? <div>{wait}</div> : null}
            {requestId ? <div className="small num">{t('requestId', { id: requestId })}</div> : null}
          </>
        ) : undefined
      }
    />
  );
}

/** Pages without a frame of their own still name the window. */
function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

export function NotFound() {
  const t = useText(commonTexts);
  useTitle(t('notFoundTitle'));
  return (
    <div className="state">
      <CompassOutlined style={{ fontSize: 40 }} aria-hidden />
      <h2>{t('notFoundTitle')}</h2>
      <p>{t('notFoundText')}</p>
      <div className="do">
        <Link to="/">{t('toStart')}</Link>
      </div>
    </div>
  );
}

export function Forbidden({ permission }: { permission: Permission }) {
  const t = useText(commonTexts);
  const name = useText(permissionTexts);
  useTitle(t('forbiddenTitle'));
  return (
    <div className="state">
      <LockOutlined style={{ fontSize: 40 }} aria-hidden />
      <h2>{t('forbiddenTitle')}</h2>
      <p>{t('forbiddenText', { permission: name(permission) })}</p>
      <div className="do">
        <Link to="/">{t('toStart')}</Link>
      </div>
    </div>
  );
}

export function PanelSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="panel" aria-busy="true">
      <Skeleton active title={{ width: '30%' }} paragraph={{ rows }} />
    </div>
  );
}
