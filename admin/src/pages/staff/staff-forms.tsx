import { CITY_ZONE, type ZoneCode } from '@talent-card/shared/accounts/districts';
import {
  isVenueRole,
  ROLE_NAMES,
  STAFF_ROLES,
  type StaffRole,
} from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { createStaffSchema, StaffMember, updateStaffSchema } from '@talent-card/shared/accounts/schema';
import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type * as z from 'zod';
import { CopyButton } from '../../components/copy.js';
import { useFieldErrors } from '../../components/errors.js';
import { useCloseGuard } from '../../components/leave-guard.js';
import { VenueSelect } from '../../components/place-select.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { WriteFailure } from '../../components/states.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { staffTexts } from '../../i18n/staff.js';
import { ApiError } from '../../services/api.js';
import { queryClient, useWrite } from '../../services/query.js';

interface Issued {
  staff: StaffMember;
  oneTimePassword: string;
}

function useRoleOptions() {
  const localized = useLocalized();
  return STAFF_ROLES.map((value) => ({ value, label: localized(ROLE_NAMES[value]) }));
}

/** Roles of venues say which; for the others the field is not there. */
function VenuesField({ role }: { role: StaffRole | undefined }) {
  const t = useText(staffTexts);
  if (!role || !isVenueRole(role)) return null;
  return (
    <Form.Item
      name="venueIds"
      label={t('venues')}
      extra={t('venuesHelp')}
      rules={[{ required: true, message: t('venuesRequired') }]}
    >
      <VenueSelect<string[]>
        mode="multiple"
        maxTagCount={6}
        aria-label={t('venues')}
        placeholder={t('venues')}
      />
    </Form.Item>
  );
}

/** A venue chosen for an earlier role does not travel along. */
const withVenues = <T extends { role: StaffRole; venueIds?: string[] }>(values: T) => ({
  ...values,
  venueIds: isVenueRole(values.role) ? (values.venueIds ?? []) : [],
});

/** Shows a one-time password this once; it leaves memory when the dialog closes. */
function OneTimePassword({ issued, onClose }: { issued: Issued; onClose: () => void }) {
  const t = useText(staffTexts);
  return (
    <Modal
      open
      title={t('oneTimeTitle')}
      okText={t('oneTimeKept')}
      onOk={onClose}
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
    >
      <div className="stack">
        <p>{t('oneTimeText', { name: issued.staff.displayName, username: issued.staff.username })}</p>
        <div className="codes" style={{ gridTemplateColumns: '1fr auto', alignItems: 'center' }}>
          <span>{issued.oneTimePassword}</span>
          <CopyButton text={issued.oneTimePassword} label={t('copyPassword')} size="small" />
        </div>
      </div>
    </Modal>
  );
}

type CreateValues = z.infer<typeof createStaffSchema>;

export function CreateStaff({ onClose }: { onClose: () => void }) {
  const t = useText(staffTexts);
  const c = useText(commonTexts);
  const roles = useRoleOptions();
  const [form] = Form.useForm<CreateValues>();
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const role = Form.useWatch('role', form);
  const placeErrors = useFieldErrors();
  const [issued, setIssued] = useState<Issued | null>(null);
  const create = useWrite(staffRoutes.create, {
    stale: [staffRoutes.list],
    onDone: (answer) => {
      setIssued(answer);
      // The answer holds the password; it must not stay with the finished write.
      create.reset();
    },
  });
  if (issued) return <OneTimePassword issued={issued} onClose={onClose} />;
  return (
    <Modal
      open
      title={t('createTitle')}
      okText={t('create')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: create.isPending }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <WriteFailure error={create.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ zoneCode: CITY_ZONE }}
        onFinish={(body: CreateValues) =>
          create.mutate({ body: withVenues(body) }, { onError: (error) => placeErrors(form, error) })
        }
      >
        <Form.Item
          name="displayName"
          label={t('displayName')}
          extra={t('displayNameHelp')}
          rules={[{ required: true, whitespace: true, message: c('required') }]}
        >
          <Input maxLength={50} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('username')}
          extra={t('usernameHelp')}
          rules={[
            { required: true, message: c('required') },
            { pattern: /^[a-z][a-z0-9._-]{2,49}$/, message: t('usernameFormat') },
          ]}
        >
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('role')} rules={[{ required: true, message: c('required') }]}>
          <Select options={roles} />
        </Form.Item>
        <Form.Item name="zoneCode" label={c('zone')} rules={[{ required: true, message: c('required') }]}>
          <ZoneSelect withCity />
        </Form.Item>
        <VenuesField role={role} />
      </Form>
    </Modal>
  );
}

type UpdateValues = Omit<z.infer<typeof updateStaffSchema>, 'version'>;

export function EditStaff({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const t = useText(staffTexts);
  const c = useText(commonTexts);
  const roles = useRoleOptions();
  const { message } = App.useApp();
  const [form] = Form.useForm<UpdateValues>();
  const close = useCloseGuard(() => form.isFieldsTouched(), onClose);
  const status = Form.useWatch('status', form);
  const role = Form.useWatch('role', form);
  const placeErrors = useFieldErrors();
  const update = useWrite(staffRoutes.update, {
    stale: [staffRoutes.list],
    onDone: () => {
      message.success(t('saved'));
      onClose();
    },
  });
  const save = (values: UpdateValues) =>
    update.mutate(
      { params: { staffId: member.staffId }, body: { ...withVenues(values), version: member.version } },
      {
        onError: (error) => {
          placeErrors(form, error);
          if (error instanceof ApiError && error.code === 'STALE_VERSION') {
            void queryClient.invalidateQueries({ queryKey: [staffRoutes.list.path] });
          }
        },
      },
    );
  return (
    <Modal
      open
      title={t('editTitle', { name: member.displayName })}
      okText={c('save')}
      cancelText={c('cancel')}
      okButtonProps={{
        loading: update.isPending,
        danger: status === 'disabled' && member.status === 'active',
      }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <WriteFailure error={update.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          displayName: member.displayName,
          role: member.role,
          zoneCode: member.zoneCode satisfies ZoneCode,
          venueIds: member.venueIds,
          status: member.status,
        }}
        onFinish={save}
      >
        <Form.Item
          name="displayName"
          label={t('displayName')}
          rules={[{ required: true, whitespace: true, message: c('required') }]}
        >
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="role" label={t('role')} rules={[{ required: true, message: c('required') }]}>
          <Select options={roles} />
        </Form.Item>
        <Form.Item name="zoneCode" label={c('zone')} rules={[{ required: true, message: c('required') }]}>
          <ZoneSelect withCity />
        </Form.Item>
        <VenuesField role={role} />
        <Form.Item name="status" label={t('state')}>
          <Select
            options={[
              { value: 'active', label: t('active') },
              { value: 'disabled', label: t('disabled') },
            ]}
          />
        </Form.Item>
        {status === 'disabled' && member.status === 'active' ? (
          <Alert type="warning" showIcon title={t('disableNote')} />
        ) : null}
      </Form>
    </Modal>
  );
}

export function ResetAccess({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const t = useText(staffTexts);
  const [issued, setIssued] = useState<Issued | null>(null);
  const reset = useWrite(staffRoutes.resetAccess, {
    stale: [staffRoutes.list],
    onDone: (answer) => {
      setIssued(answer);
      reset.reset();
    },
  });
  if (issued) return <OneTimePassword issued={issued} onClose={onClose} />;
  return (
    <ReasonModal
      open
      title={t('resetTitle', { name: member.displayName })}
      effect={t('resetEffect')}
      confirmText={t('resetAccess')}
      danger
      busy={reset.isPending}
      error={reset.error}
      onConfirm={({ reason }) =>
        reset.mutateAsync({ params: { staffId: member.staffId }, body: { reason: reason.trim() } })
      }
      onClose={onClose}
    />
  );
}
