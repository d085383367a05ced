import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Divider, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../api/client.js';
import { Refused } from '../api/problem.js';
import { begin } from '../api/session.js';
import { shellWords } from '../i18n/shell.js';
import { type Say, useText } from '../i18n/text.js';
import { ChangePassword } from './change-password.js';
import { LanguageSwitch } from './language-switch.js';
import { Failed } from './states.js';

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** Signing in by a local account, or at the identity provider where there is one. */
export function SignInPage({ why }: { readonly why?: 'over' | 'signed-out' }) {
  const say = useText(shellWords);
  const [outdated, setOutdated] = useState<Credentials>();
  const [isChanged, setChanged] = useState(false);
  return (
    <div className="door">
      <div className="door-language">
        <LanguageSwitch />
      </div>
      <main className="door-panel">
        <img src="/seal.svg" alt="" width={56} height={56} />
        <Typography.Title level={1} className="door-title">
          {say('product')}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{say('subtitle')}</Typography.Paragraph>
        <Card className="door-card">
          {outdated === undefined ? (
            <>
              <Notice why={isChanged ? 'changed' : (why ?? refusedByProvider())} />
              <PasswordForm onOutdated={setOutdated} />
              <ProviderLink />
            </>
          ) : (
            <ChangePassword
              {...outdated}
              onDone={() => {
                setOutdated(undefined);
                setChanged(true);
              }}
            />
          )}
        </Card>
        <p className="door-verify">
          <a href="/verify">{say('verifyStatement')}</a>
        </p>
      </main>
    </div>
  );
}

/** Who was not let in by the provider's word comes back to this address. */
function refusedByProvider(): 'refused' | undefined {
  return new URLSearchParams(globalThis.location.search).get('provider') === 'refused' ? 'refused' : undefined;
}

function Notice({ why }: { readonly why: 'over' | 'signed-out' | 'changed' | 'refused' | undefined }) {
  const say = useText(shellWords);
  if (why === undefined) return null;
  const text = {
    over: 'sessionOver',
    'signed-out': 'signedOut',
    changed: 'passwordChanged',
    refused: 'providerRefused',
  } as const;
  return (
    <Alert
      className="door-notice"
      type={why === 'over' || why === 'refused' ? 'warning' : 'success'}
      showIcon
      title={say(text[why])}
    />
  );
}

function PasswordForm({ onOutdated }: { readonly onOutdated: (credentials: Credentials) => void }) {
  const say = useText(shellWords);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const enter = async (credentials: Credentials): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const body = { ...credentials, browser: true };
      await begin(await answered(office.POST('/api/access/sign-in', { body })));
    } catch (refusal) {
      if (refusal instanceof Refused && refusal.code === 'password-change-required') onOutdated(credentials);
      else setError(refusal);
      setBusy(false);
    }
  };
  const needed = [{ required: true, message: say('fillIn') }];
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => void enter(values)}>
      <Typography.Title level={2} className="door-heading">
        {say('signInTitle')}
      </Typography.Title>
      <Form.Item name="name" label={say('loginName')} rules={needed}>
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} size="large" />
      </Form.Item>
      <Form.Item name="password" label={say('password')} rules={needed}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      {error === undefined ? null : <SignInFailure error={error} say={say} />}
      <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
        {say('signIn')}
      </Button>
    </Form>
  );
}

function SignInFailure({ error, say }: { readonly error: unknown; readonly say: Say<keyof typeof shellWords> }) {
  if (error instanceof Refused && error.code === 'sign-in-refused') {
    return <Alert className="door-notice" type="error" showIcon role="alert" title={say('signInRefused')} />;
  }
  if (error instanceof Refused && error.problem.status === 429) {
    const details = error.problem.details as { retryAfterSeconds?: number } | undefined;
    const title = say('signInPaused', { seconds: details?.retryAfterSeconds ?? '' });
    return <Alert className="door-notice" type="warning" showIcon role="alert" title={title} />;
  }
  return (
    <div className="door-notice" role="alert">
      <Failed error={error} />
    </div>
  );
}

function ProviderLink() {
  const say = useText(shellWords);
  const ways = useQuery({ queryKey: ['ways'], queryFn: () => answered(office.GET('/api/access/ways')) });
  if (ways.data?.provider !== true) return null;
  return (
    <>
      <Divider />
      <Button block size="large" href="/api/access/provider">
        {say('withProvider')}
      </Button>
    </>
  );
}
