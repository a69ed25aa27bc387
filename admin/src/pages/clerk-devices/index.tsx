import { MobileOutlined } from '@ant-design/icons';
import { mayUse, ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffMember } from '@talent-card/shared/accounts/schema';
import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import type { ClerkDevice, ClerkInvitation } from '@talent-card/shared/card-code/schema';
import { App, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { renderSVG } from 'uqr';
import { useMay } from '../../access.js';
import { CopyButton } from '../../components/copy.js';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant, timeOf } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { Empty, WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { clerkDeviceStateTexts, devicesTexts } from '../../i18n/devices.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { usePages, useRead, useWrite, wholeList } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['q', 'status'] as const;
const STATES = ['invited', 'active', 'revoked'] as const;
const TONES = { invited: 'care', active: 'ok', revoked: '' } as const;

export default function ClerkDevicesPage() {
  const t = useText(devicesTexts);
  const c = useText(commonTexts);
  const state = useText(clerkDeviceStateTexts);
  const may = useMay();
  const devices = useRead(cardCodeAdminRoutes.clerkDevices, {});
  const { filters } = useFilters(FILTERS);
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<ClerkDevice | null>(null);
  const status = oneOf(STATES, filters.status);
  const rows = (devices.data?.items ?? []).filter(
    (device) =>
      (!status || device.status === status) &&
      (!filters.q || `${device.staffName} ${device.label}`.toLowerCase().includes(filters.q.toLowerCase())),
  );
  const invite = may('clerk-devices.manage') ? (
    <Button type="primary" icon={<MobileOutlined aria-hidden />} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  ) : null;
  return (
    <PageFrame title={c('clerkDevices')} aside={invite}>
      <div className="panel">
        <p className="quiet" style={{ marginBottom: 12 }}>
          {t('explain')}
        </p>
        <FilterBar names={FILTERS}>
          <SearchFilter placeholder={t('searchPlaceholder')} width={220} maxLength={60} />
          <ChoiceFilter name="status" label={c('status')} values={STATES} words={state} />
        </FilterBar>
        <ListTable<ClerkDevice>
          label={t('listLabel')}
          pages={wholeList(devices, rows)}
          rowKey={(device) => device.deviceId}
          filters={FILTERS}
          empty={
            <Empty title={t('emptyTitle')} action={invite}>
              {t('emptyText')}
            </Empty>
          }
          columns={[
            { title: t('staff'), dataIndex: 'staffName' },
            {
              title: t('device'),
              dataIndex: 'label',
              render: (label: string) =>
                label ? <div className="clip">{label}</div> : <span className="quiet">{t('notBound')}</span>,
            },
            {
              title: t('enrolledAt'),
              dataIndex: 'enrolledAt',
              className: 'num',
              render: (at: string | null, device) => (
                <>
                  <div>{formatInstant(at)}</div>
                  <div className="small quiet">
                    {t('invitedAt', { time: formatInstant(device.invitedAt) })}
                  </div>
                </>
              ),
            },
            {
              title: t('lastSeenAt'),
              dataIndex: 'lastSeenAt',
              className: 'num',
              render: (at: string | null) =>
                at ? formatInstant(at) : <span className="quiet">{t('never')}</span>,
            },
            {
              title: c('status'),
              dataIndex: 'status',
              render: (value: ClerkDevice['status'], device) => (
                <>
                  <span className={`chip ${TONES[value]}`}>{state(value)}</span>
                  {device.revokedAt ? (
                    <div className="small quiet num">
                      {t('revokedAt', { time: formatInstant(device.revokedAt) })}
                    </div>
                  ) : null}
                </>
              ),
            },
            ...(may('clerk-devices.manage')
              ? [
                  {
                    title: c('actions'),
                    key: 'actions',
                    render: (_: unknown, device: ClerkDevice) =>
                      device.status === 'revoked' ? null : (
                        <Button
                          size="small"
                          danger
                          aria-label={`${t('revoke')}：${device.staffName}`}
                          onClick={() => setRevoking(device)}
                        >
                          {t('revoke')}
                        </Button>
                      ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      {inviting ? <Invite onClose={() => setInviting(false)} /> : null}
      {revoking ? <Revoke device={revoking} onClose={() => setRevoking(null)} /> : null}
    </PageFrame>
  );
}

function Invite({ onClose }: { onClose: () => void }) {
  const t = useText(devicesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const [form] = Form.useForm<{ staffId: string }>();
  const [q, setQ] = useState('');
  // Held here only: the code is shown this once.
  const [invitation, setInvitation] = useState<ClerkInvitation | null>(null);
  const staff = usePages<StaffMember>(
    staffRoutes.list,
    { status: 'active', ...(q ? { q } : {}) },
    { limit: 100 },
  );
  const invite = useWrite(cardCodeAdminRoutes.invite, {
    stale: [cardCodeAdminRoutes.clerkDevices],
    onDone: (answer) => {
      setInvitation(answer);
      invite.reset();
    },
  });
  if (invitation) return <EnrolmentCode invitation={invitation} onClose={onClose} />;
  const clerks = staff.items.filter((member) => mayUse('uses.record', member.role));
  return (
    <Modal
      open
      title={t('inviteTitle')}
      okText={t('inviteOk')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: invite.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <WriteFailure error={invite.error ?? staff.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(body: { staffId: string }) => invite.mutate({ body })}
      >
        <Form.Item
          name="staffId"
          label={t('staff')}
          extra={t('inviteHelp')}
          rules={[{ required: true, message: c('required') }]}
        >
          <Select
            placeholder={t('staffPlaceholder')}
            loading={staff.status === 'loading'}
            showSearch={{ filterOption: false, onSearch: setQ }}
            options={clerks.map((member) => ({
              value: member.staffId,
              label: `${member.displayName}（${member.username}）· ${localized(ROLE_NAMES[member.role])}`,
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function EnrolmentCode({ invitation, onClose }: { invitation: ClerkInvitation; onClose: () => void }) {
  const t = useText(devicesTexts);
  const name = invitation.device.staffName;
  const svg = renderSVG(invitation.enrolmentCode, { border: 0, pixelSize: 4 });
  return (
    <Modal
      open
      title={t('codeTitle', { name })}
      okText={t('kept')}
      onOk={onClose}
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
    >
      <div className="stack" style={{ alignItems: 'center' }}>
        <p>{t('codeText', { name, time: timeOf(invitation.expiresAt) })}</p>
        <div className="qr">
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
            alt={t('codeQr')}
            width={184}
            height={184}
          />
        </div>
        <div
          className="codes"
          style={{ gridTemplateColumns: '1fr auto', alignItems: 'center', width: '100%', fontSize: 22 }}
        >
          <span>{invitation.enrolmentCode}</span>
          <CopyButton text={invitation.enrolmentCode} label={t('copyCode')} size="small" />
        </div>
      </div>
    </Modal>
  );
}

function Revoke({ device, onClose }: { device: ClerkDevice; onClose: () => void }) {
  const t = useText(devicesTexts);
  const { message } = App.useApp();
  const revoke = useWrite(cardCodeAdminRoutes.revokeClerk, {
    stale: [cardCodeAdminRoutes.clerkDevices],
    onDone: () => {
      message.success(t('revoked', { name: device.staffName }));
      onClose();
    },
  });
  return (
    <ReasonModal
      open
      title={t('revokeTitle', { name: device.staffName, device: device.label || t('notBound') })}
      effect={t('revokeEffect')}
      confirmText={t('revoke')}
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
