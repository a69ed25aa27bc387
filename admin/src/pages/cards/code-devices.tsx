import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { useErrorText } from '../../components/errors.js';
import { formatInstant } from '../../components/format.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { commonTexts } from '../../i18n/common.js';
import { codePlatformTexts, devicesTexts } from '../../i18n/devices.js';
import { useText } from '../../i18n/index.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';

/** The phones that show a card's code: one is active at a time, the others are history. */
export function CodeDevices({ cardId }: { cardId: string }) {
  const t = useText(devicesTexts);
  const c = useText(commonTexts);
  const platform = useText(codePlatformTexts);
  const may = useMay();
  const wordsOf = useErrorText();
  const params = { cardId };
  const devices = useRead(cardCodeAdminRoutes.devices, { params });
  const [revoking, setRevoking] = useState<CodeDevice | null>(null);
  return (
    <section className="panel">
      <h2>{t('codeDevices')}</h2>
      {devices.isError ? (
        <div className="row wrap" role="alert">
          <span className="bad">{wordsOf(devices.error)}</span>
          <Button size="small" onClick={() => void devices.refetch()}>
            {c('retry')}
          </Button>
        </div>
      ) : !devices.data ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : devices.data.items.length === 0 ? (
        <p className="quiet">{t('codeNone')}</p>
      ) : (
        <ul className="candidates">
          {devices.data.items.map((device) => (
            <li key={device.deviceId} className="row">
              <div className="grow">
                <div className="row wrap">
                  <strong className="break">{device.label}</strong>
                  <span className={`chip ${device.status === 'active' ? 'ok' : ''}`}>
                    {device.status === 'active' ? t('codeActive') : t('codeRevoked')}
                  </span>
                </div>
                <div className="small quiet num">
                  {[
                    platform(device.platform),
                    t('codeEnrolled', { time: formatInstant(device.enrolledAt) }),
                    device.revokedAt
                      ? t('codeRevokedAt', { time: formatInstant(device.revokedAt) })
                      : t('codeRenewed', { time: formatInstant(device.lastRenewedAt) }),
                  ].join(' · ')}
                </div>
              </div>
              {device.status === 'active' && may('code-devices.revoke') ? (
                <Button
                  size="small"
                  danger
                  aria-label={`${t('codeRevoke')}：${device.label}`}
                  onClick={() => setRevoking(device)}
                >
                  {t('codeRevoke')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {revoking ? (
        <RevokePhone
          device={revoking}
          onDone={() =>
            void queryClient.invalidateQueries({ queryKey: keyOf(cardCodeAdminRoutes.devices, { params }) })
          }
          onClose={() => setRevoking(null)}
        />
      ) : null}
    </section>
  );
}

function RevokePhone({
  device,
  onDone,
  onClose,
}: {
  device: CodeDevice;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useText(devicesTexts);
  const { message } = App.useApp();
  const revoke = useWrite(cardCodeAdminRoutes.revoke, {
    onDone: () => {
      message.success(t('codeRevokeDone', { label: device.label }));
      onDone();
      onClose();
    },
  });
  return (
    <ReasonModal
      open
      title={t('codeRevokeTitle', { label: device.label })}
      effect={t('codeRevokeEffect')}
      confirmText={t('codeRevoke')}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={({ reason }) =>
        revoke.mutateAsync({ params: { deviceId: device.deviceId }, body: { reason: reason.trim() } })
      }
      onClose={onClose}
    />
  );
}
