import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Space, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import { money } from '../../format/money.js';
import { duesWords } from '../../i18n/dues.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { LateFeeList } from '../dues/late-fee-list.js';
import { OpenDues } from '../dues/open-dues.js';
import type { Dues } from '../dues/use-dues.js';

/** Who paid late and has not been charged for it. A clerk looks at what would be charged, says yes, and it is. */
export function AssessPage() {
  const say = useText(duesWords);
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('assessTitle')}
      </Typography.Title>
      <Typography.Paragraph>{say('assessText')}</Typography.Paragraph>
      <LateFeeList
        onlyToBeAssessed
        nothing={say('nothingToAssess')}
        action={({ employer }) => (
          <OpenDues
            employer={employer}
            label={say('look')}
            actions={(dues) => <Assessment employer={employer} dues={dues} />}
          />
        )}
      />
    </>
  );
}

function Assessment({ employer, dues }: { readonly employer: string; readonly dues: Dues }) {
  const say = useText(duesWords);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const charging = useMutation({
    mutationFn: () => assess(employer, dues.on),
    onSuccess: async () => {
      void message.success(say('assessed'));
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['dues', employer] });
      await queries.invalidateQueries({ queryKey: ['late-fees'] });
    },
  });
  if (dues.toBeAssessed.length === 0) return null;
  const values = { count: dues.toBeAssessed.length, sum: money(dues.toBeAssessedTotal) };
  return (
    <div className="dues-actions">
      {isAsked ? (
        <>
          <p role="alert">{say('confirmText', values)}</p>
          <Space wrap>
            <Button type="primary" loading={charging.isPending} onClick={() => charging.mutate()}>
              {say('confirm')}
            </Button>
            <Button disabled={charging.isPending} onClick={() => setAsked(false)}>
              {say('cancel')}
            </Button>
          </Space>
        </>
      ) : (
        <Button type="primary" onClick={() => setAsked(true)}>
          {say('assess')}
        </Button>
      )}
      {charging.isError ? <Failed error={charging.error} /> : null}
    </div>
  );
}

/** Charges what was looked at: everything paid late until the day of the look. What is asked next includes it. */
async function assess(creditCode: string, assessedOn: string): Promise<void> {
  const { position } = await answered(
    office.POST('/api/employers/{creditCode}/late-fees/assessments', {
      ...{ params: { path: { creditCode } }, body: { assessedOn } },
    }),
  );
  await answered(
    office.GET('/api/statistics/late-fees', { params: { query: { atLeast: position, toBeAssessed: 'true' } } }),
  );
}
