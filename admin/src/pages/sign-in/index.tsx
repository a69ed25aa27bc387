import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { SandboxTotp, StaffChallenge } from '@talent-card/shared/accounts/schema';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';
import { call } from '../../services/api.js';
import { openSession, resumeSession, useSession } from '../../services/session.js';
import { DemoStaff } from './demo-staff.js';
import { Door } from './door.js';
import { SecondStep } from './second-step.js';

type DemoAccount = SandboxTotp['items'][number];

export default function SignInPage() {
  const status = useSession((session) => session.status);
  const [challenge, setChallenge] = useState<{ username: string; challenge: StaffChallenge } | null>(null);
  const [demo, setDemo] = useState<DemoAccount | null>(null);
  const location = useLocation();
  useEffect(() => {
    // Somebody with a session may have kept this address.
    if (status === 'starting') void resumeSession();
  }, [status]);
  const from = (location.state as { from?: string } | null)?.from ?? '/';
  if (status === 'signed-in') return <Navigate to={from} replace />;
  return (
    <Door
      below={
        <DemoStaff picked={demo?.username ?? null} onPick={setDemo} signingIn={challenge?.username ?? null} />
      }
    >
      {challenge ? (
        <SecondStep
          challenge={challenge.challenge}
          demoUsername={challenge.username}
          onBack={() => setChallenge(null)}
          onDone={openSession}
        />
      ) : (
        <FirstStep demo={demo} onDone={setChallenge} />
      )}
    </Door>
  );
}

function FirstStep({
  demo,
  onDone,
}: {
  demo: DemoAccount | null;
  onDone: (step: { username: string; challenge: StaffChallenge }) => void;
}) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const ended = useSession((session) => session.ended);
  const signIn = useMutation({
    mutationFn: (body: { username: string; password: string }) => call(staffRoutes.signIn, { body }),
    onSuccess: (challenge, { username }) => onDone({ username, challenge }),
  });
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="quiet" style={{ marginBottom: 24 }}>
        {t('lead')}
      </p>
      {ended ? <Alert type="info" showIcon title={c('sessionEnded')} style={{ marginBottom: 16 }} /> : null}
      <WriteFailure error={signIn.error} />
      <Form
        // A picked demo account starts the form anew, filled.
        key={demo?.username ?? ''}
        layout="vertical"
        requiredMark={false}
        initialValues={demo ? { username: demo.username, password: demo.password } : {}}
        onFinish={(values: { username: string; password: string }) =>
          signIn.mutate({ username: values.username.trim(), password: values.password })
        }
      >
        <Form.Item name="username" label={t('username')} rules={[{ required: true, message: c('required') }]}>
          <Input size="large" autoComplete="username" autoFocus maxLength={50} />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: c('required') }]}>
          <Input.Password size="large" autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
          {t('next')}
        </Button>
      </Form>
    </>
  );
}
