import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffChallenge, StaffSession } from '@talent-card/shared/accounts/schema';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { renderSVG } from 'uqr';
import { CopyButton } from '../../components/copy.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';
import { ApiError, call } from '../../services/api.js';
import { useDemoCodes } from './demo-staff.js';

interface Props {
  challenge: StaffChallenge;
  demoUsername: string;
  onBack: () => void;
  onDone: (session: StaffSession) => void;
}

/** The code of the authenticator, with its enrolment when there is none yet. */
export function SecondStep({ challenge, demoUsername, onBack, onDone }: Props) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const [form] = Form.useForm<{ code: string }>();
  const demo = useDemoCodes();
  const demoCode = demo.data?.items.find((item) => item.username === demoUsername)?.code;
  const confirm = useMutation({
    mutationFn: (code: string) =>
      call(staffRoutes.confirmTotp, { body: { challenge: challenge.challenge, code } }),
    onSuccess: onDone,
    onError: () => form.resetFields(),
  });
  const expired = confirm.error instanceof ApiError && confirm.error.code === 'TOTP_CHALLENGE_EXPIRED';
  const { enrolment } = challenge;
  return (
    <>
      <h1>{enrolment ? t('enrolTitle') : t('codeTitle')}</h1>
      <p className="quiet" style={{ marginBottom: 16 }}>
        {enrolment ? t('enrolLead') : t('codeLead')}
      </p>
      {enrolment ? <Enrolment uri={enrolment.otpauthUri} secret={enrolment.secret} /> : null}
      <WriteFailure error={confirm.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => confirm.mutate(code.replace(/\s/g, ''))}
      >
        <Form.Item
          name="code"
          label={t('code')}
          extra={enrolment ? undefined : t('codeHelp')}
          rules={[{ required: true, min: 6, message: c('required') }]}
        >
          <Input
            size="large"
            autoComplete="one-time-code"
            inputMode={enrolment ? 'numeric' : 'text'}
            autoFocus
            maxLength={20}
            className="num"
          />
        </Form.Item>
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          loading={confirm.isPending}
          disabled={expired}
        >
          {t('signIn')}
        </Button>
        <div className="row" style={{ justifyContent: 'space-between', marginTop: 12 }}>
          <Button type="link" style={{ padding: 0 }} onClick={onBack}>
            {expired ? c('retry') : t('otherAccount')}
          </Button>
          {demoCode ? (
            <Button onClick={() => form.setFieldsValue({ code: demoCode })}>{t('demoFill')}</Button>
          ) : null}
        </div>
      </Form>
    </>
  );
}

function Enrolment({ uri, secret }: { uri: string; secret: string }) {
  const t = useText(signInTexts);
  const image = `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 1 }))}`;
  return (
    <>
      <div className="qr">
        <img src={image} alt={t('enrolTitle')} width={182} height={182} />
      </div>
      <details style={{ margin: '12px 0' }}>
        <summary>{t('enrolManual')}</summary>
        <div className="row wrap" style={{ marginTop: 8 }}>
          <code className="break">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyButton text={secret} label={t('copySecret')} size="small" />
        </div>
      </details>
      <p style={{ marginBottom: 12 }}>{t('enrolThen')}</p>
    </>
  );
}
