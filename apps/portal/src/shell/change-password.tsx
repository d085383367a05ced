import { Alert, Button, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../api/client.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { Failed } from './states.js';

interface Wanted {
  readonly newPassword: string;
}

/** A password that must be changed lets nobody in: the new one is asked for, with the present one as proof. */
export function ChangePassword(props: {
  readonly name: string;
  readonly password: string;
  readonly onDone: () => void;
}) {
  const { name, password, onDone } = props;
  const say = useText(shellWords);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const change = async ({ newPassword }: Wanted): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await answered(office.POST('/api/access/password', { body: { name, password, newPassword } }));
      onDone();
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  return (
    <Form<Wanted> layout="vertical" requiredMark={false} onFinish={(values) => void change(values)}>
      <Typography.Title level={2} className="door-heading">
        {say('changePassword')}
      </Typography.Title>
      <Alert className="door-notice" type="info" showIcon title={say('mustChangePassword')} />
      <Form.Item
        name="newPassword"
        label={say('newPassword')}
        extra={say('passwordRules')}
        rules={[{ required: true, message: say('fillIn') }]}
      >
        <Input.Password autoFocus autoComplete="new-password" size="large" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={say('repeatPassword')}
        dependencies={['newPassword']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error(say('passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" size="large" />
      </Form.Item>
      {error === undefined ? null : (
        <div className="door-notice" role="alert">
          <Failed error={error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
        {say('changePassword')}
      </Button>
    </Form>
  );
}
