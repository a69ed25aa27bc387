import { zoneName } from '@talent-card/shared/accounts/districts';
import { ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { WriteFailure } from '../../components/states.js';
import { accountTexts } from '../../i18n/account.js';
import { commonTexts } from '../../i18n/common.js';
import { permissionTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useWrite } from '../../services/query.js';
import { reloadSelf, useSession } from '../../services/session.js';
import { PageFrame } from '../../shell.js';
import { ChangePassword } from '../sign-in/change-password.js';
import { RecoveryCodes } from '../sign-in/recovery-codes.js';

export default function AccountPage() {
  const t = useText(accountTexts);
  const c = useText(commonTexts);
  const permission = useText(permissionTexts);
  const localized = useLocalized();
  const { message } = App.useApp();
  const staff = useSession((session) => session.staff);
  if (!staff) return null;
  return (
    <PageFrame title={c('account')}>
      <div className="account-page">
        <section className="panel">
          <h2>{t('about')}</h2>
          <table className="facts">
            <tbody>
              <tr>
                <th scope="row">{c('name')}</th>
                <td>{staff.displayName}</td>
              </tr>
              <tr>
                <th scope="row">{t('username')}</th>
                <td>{staff.username}</td>
              </tr>
              <tr>
                <th scope="row">{t('role')}</th>
                <td>{localized(ROLE_NAMES[staff.role])}</td>
              </tr>
              <tr>
                <th scope="row">{c('zone')}</th>
                <td>{localized(zoneName(staff.zoneCode))}</td>
              </tr>
              <tr>
                <th scope="row">{t('may')}</th>
                <td>
                  <div className="row wrap" style={{ gap: 6 }}>
                    {staff.permissions
                      .filter((name) => name !== 'public')
                      .map((name) => (
                        <span key={name} className="chip">
                          {permission(name)}
                        </span>
                      ))}
                  </div>
                </td>
              </tr>
            </tbody>
          </table>
        </section>
        <div className="stack">
          <section className="panel">
            <h2>{t('password')}</h2>
            <ChangePassword
              oneTime={false}
              onDone={async () => {
                await reloadSelf();
                message.success(t('passwordDone'));
              }}
            />
          </section>
          <OwnRecoveryCodes username={staff.username} left={staff.recoveryCodesLeft} />
        </div>
      </div>
    </PageFrame>
  );
}

function OwnRecoveryCodes({ username, left }: { username: string; left: number }) {
  const t = useText(accountTexts);
  const c = useText(commonTexts);
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = useWrite(staffRoutes.renewRecoveryCodes, {
    onDone: (answer) => {
      setCodes(answer.recoveryCodes);
      renew.reset();
    },
  });
  const close = () => {
    setAsking(false);
    setCodes(null);
    void reloadSelf();
  };
  return (
    <section className="panel">
      <h2>{t('recovery')}</h2>
      <p className="quiet">{t('recoveryText')}</p>
      <p style={{ margin: '8px 0 12px' }}>
        {t('recoveryLeft', { count: left })}
        {left <= 2 ? <span className="care">　{t('recoveryFew')}</span> : null}
      </p>
      <Button onClick={() => setAsking(true)}>{t('renew')}</Button>
      <Modal
        open={asking}
        title={t('renewTitle')}
        okText={t('renew')}
        cancelText={c('cancel')}
        okButtonProps={{ loading: renew.isPending, danger: true }}
        onOk={() => renew.mutate({})}
        onCancel={() => setAsking(false)}
        mask={{ closable: false }}
        closable={codes === null}
        keyboard={codes === null}
        {...(codes ? { footer: null } : {})}
      >
        <WriteFailure error={renew.error} />
        {codes ? <RecoveryCodes codes={codes} username={username} onKept={close} /> : <p>{t('renewText')}</p>}
      </Modal>
    </section>
  );
}
