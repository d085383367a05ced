import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { answered, office } from '../../api/client.js';
import { statementWords } from '../../i18n/statement.js';
import { useNames, useText } from '../../i18n/text.js';
import { Panel } from '../../shell/panel.js';
import { Failed } from '../../shell/states.js';
import { useMe } from '../../shell/use-session.js';
import type { Explanation } from './use-record.js';
import { figureText } from './explained.js';

interface Objection {
  readonly claimed?: string;
  readonly reason: string;
}

/** Opens a case about one figure of one's own record. */
export function DisputeForm(props: {
  readonly year: number;
  readonly explanation: Explanation;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly onSent: () => void;
}) {
  const { year, explanation, isOpen, close, onSent } = props;
  const { figure, title, amount } = explanation;
  const say = useText(statementWords);
  const name = useNames();
  const { personId } = useMe();
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: ({ claimed, reason }: Objection) => {
      const about = { personId, year, figure, stated: amount, reason: reason.trim() };
      const request = claimed === undefined || claimed.trim() === '' ? about : { ...about, claimed: claimed.trim() };
      return answered(office.POST('/api/cases', { body: { procedure: 'record-dispute', request } }));
    },
    onSuccess: async () => {
      onSent();
      close();
      await queries.invalidateQueries({ queryKey: ['cases'] });
    },
  });
  return (
    <Panel isOpen={isOpen} place="middle" title={say('disputeTitle', { figure: name(title) })} close={close}>
      {sending.isError ? <Failed error={sending.error} /> : null}
      <Form<Objection> layout="vertical" onFinish={(objection) => sending.mutate(objection)}>
        <p>
          {say('stated')} <strong>{figureText(amount)}</strong>
        </p>
        <Form.Item name="claimed" label={say('claimed')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={say('reason')}
          rules={[{ required: true, whitespace: true, message: say('reasonNeeded') }]}
        >
          <Input.TextArea rows={4} maxLength={500} showCount />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {say('send')}
        </Button>
      </Form>
    </Panel>
  );
}
