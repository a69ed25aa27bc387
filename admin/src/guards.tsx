import type { Permission } from '@talent-card/shared/accounts/permissions';
import { Button, Spin } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useMay } from './access.js';
import { Forbidden } from './components/states.js';
import { commonTexts } from './i18n/common.js';
import { useText } from './i18n/index.js';
import { signInTexts } from './i18n/sign-in.js';
import { ChangePassword } from './pages/sign-in/change-password.js';
import { Door } from './pages/sign-in/door.js';
import { RecoveryCodes } from './pages/sign-in/recovery-codes.js';
import { recoveryCodesKept, reloadSelf, resumeSession, signOut, useSession } from './services/session.js';

/** Lets only signed-in staff through, after what a first sign-in has to settle. */
export function RequireSession({ children }: { children: ReactNode }) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const { status, staff, recoveryCodes } = useSession();
  const location = useLocation();
  useEffect(() => {
    if (status === 'starting') void resumeSession();
  }, [status]);
  if (status === 'starting') {
    return (
      <div className="state" style={{ paddingTop: '30vh' }}>
        <Spin size="large" aria-label={c('loading')} />
      </div>
    );
  }
  if (status === 'unreachable') {
    return (
      <div className="state" role="alert" style={{ paddingTop: '25vh' }}>
        <h2>{t('unreachable')}</h2>
        <p>{t('unreachableText')}</p>
        <div className="do">
          <Button type="primary" onClick={() => void resumeSession()}>
            {c('retry')}
          </Button>
        </div>
      </div>
    );
  }
  if (status === 'signed-out' || !staff) {
    return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />;
  }
  if (recoveryCodes) {
    return (
      <Door>
        <h1 style={{ marginBottom: 12 }}>{t('codesTitle')}</h1>
        <RecoveryCodes codes={recoveryCodes} username={staff.username} onKept={recoveryCodesKept} />
      </Door>
    );
  }
  if (staff.mustChangePassword) {
    return (
      <Door>
        <h1>{t('changeTitle')}</h1>
        <p className="quiet" style={{ marginBottom: 20 }}>
          {t('changeLead')}
        </p>
        <ChangePassword oneTime onDone={reloadSelf} />
        <Button
          type="link"
          style={{ padding: 0, marginTop: 12 }}
          onClick={() => void signOut().catch(() => undefined)}
        >
          {c('signOut')}
        </Button>
      </Door>
    );
  }
  return children;
}

/** Shows the page only to a role that may open it. */
export function RequirePermission({ permission, children }: { permission: Permission; children: ReactNode }) {
  const may = useMay();
  return may(permission) ? children : <Forbidden permission={permission} />;
}
