import { staffRoutes } from '@talent-card/shared/accounts/routes';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useFieldErrors } from '../../components/errors.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';
import { call } from '../../services/api.js';

interface Values {
  currentPassword: string;
  newPassword: string;
  repeat: string;
}

export function ChangePassword({
  oneTime,
  onDone,
}: {
  oneTime: boolean;
  onDone: () => void | Promise<void>;
}) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const [form] = Form.useForm<Values>();
  const placeErrors = useFieldErrors();
  const change = useMutation({
    mutationFn: async ({ currentPassword, newPassword }: Values) => {
      await call(staffRoutes.changePassword, { body: { currentPassword, newPassword } });
      await onDone();
    },
    onSuccess: () => form.resetFields(),
    onError: (error) => placeErrors(form, error),
  });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
      <WriteFailure error={change.error} />
      <Form.Item
        name="currentPassword"
        label={oneTime ? t('currentOnce') : t('current')}
        rules={[{ required: true, message: c('required') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={t('fresh')}
        extra={t('freshHelp')}
        dependencies={['currentPassword']}
        rules={[
          { required: true, min: 12, message: t('freshHelp') },
          ({ getFieldValue }) => ({
            validator: (_, value: string | undefined) =>
              value && value === getFieldValue('currentPassword')
                ? Promise.reject(new Error(t('sameAsOld')))
                : Promise.resolve(),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('repeat')}
        dependencies={['newPassword']}
        rules={[
          { required: true, message: c('required') },
          ({ getFieldValue }) => ({
            validator: (_, value: string | undefined) =>
              !value || value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error(t('repeatDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('change')}
      </Button>
    </Form>
  );
}
