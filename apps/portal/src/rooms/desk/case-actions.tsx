import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Space } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import { deskWords } from '../../i18n/desk.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { useRoles } from '../../shell/use-session.js';
import type { CaseDetail } from './case-page.js';

type Step = 'review' | 'approve' | 'refuse' | 'giveBack';

/** What who looks may do with the case as it stands. What was looked at is named, so nothing changes unseen. */
export function CaseActions({ found }: { readonly found: CaseDetail }) {
  const say = useText(deskWords);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const roles = useRoles();
  const [remark, setRemark] = useState('');
  const [isMissing, setMissing] = useState(false);
  const taking = useMutation({
    mutationFn: (step: Step) => take(step, found, remark.trim()),
    onSuccess: async ({ position }) => {
      void message.success(say('done'));
      setRemark('');
      // What is asked next includes this step.
      await answered(
        office.GET('/api/desk/cases/{caseId}', {
          params: { path: { caseId: found.caseId }, query: { atLeast: position } },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['case', found.caseId] });
      await queries.invalidateQueries({ queryKey: ['queue'] });
    },
  });
  if (!(roles as readonly string[]).includes(found.waitsFor)) return null;
  const run = (step: Step): void => {
    const needsReason = step === 'refuse' || step === 'giveBack';
    setMissing(needsReason && remark.trim() === '');
    if (!needsReason || remark.trim() !== '') taking.mutate(step);
  };
  const yes: Step = found.waitsFor === 'approver' ? 'approve' : 'review';
  return (
    <div className="case-actions">
      <label>
        {say('remark')}
        <Input.TextArea
          value={remark}
          maxLength={500}
          rows={3}
          status={isMissing ? 'error' : ''}
          aria-invalid={isMissing}
          onChange={({ target }) => setRemark(target.value)}
        />
      </label>
      {isMissing ? <p role="alert">{say('reasonNeeded')}</p> : null}
      <Space wrap>
        <Button type="primary" loading={taking.isPending} onClick={() => run(yes)}>
          {say(yes)}
        </Button>
        <Button disabled={taking.isPending} onClick={() => run('giveBack')}>
          {say('giveBack')}
        </Button>
        <Button danger disabled={taking.isPending} onClick={() => run('refuse')}>
          {say('refuse')}
        </Button>
      </Space>
      {taking.isError ? <Failed error={taking.error} /> : null}
    </div>
  );
}

function take(step: Step, { caseId, evidence }: CaseDetail, remark: string) {
  const params = { path: { caseId } };
  const body = { evidence, ...(remark === '' ? {} : { remark }) };
  switch (step) {
    case 'review':
      return answered(office.POST('/api/cases/{caseId}/reviews', { params, body }));
    case 'approve':
      return answered(office.POST('/api/cases/{caseId}/approvals', { params, body }));
    case 'refuse':
      return answered(office.POST('/api/cases/{caseId}/refusals', { params, body: { reason: remark } }));
    case 'giveBack':
      return answered(office.POST('/api/cases/{caseId}/returns', { params, body: { reason: remark, missing: [] } }));
  }
}
