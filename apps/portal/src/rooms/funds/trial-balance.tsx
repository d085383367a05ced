import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { fundWords } from '../../i18n/funds.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import type { Fund } from '@provident/kernel/schemes';
import { queryOf, useTimes } from './use-times.js';

type Row = components['schemas']['TrialBalanceRowAnswer'];
const AMOUNTS = ['opening', 'debit', 'credit', 'closing'] as const;

/** Every account of a fund down to its details, memorandum accounts last. */
export function TrialBalance({ fund }: { readonly fund: Fund }) {
  const say = useText(fundWords);
  const name = useNames();
  const { times } = useTimes();
  const query = { ...times, fund };
  const asked = useQuery({
    queryKey: ['trial-balance', query],
    queryFn: () => answered(office.GET('/api/books/trial-balance', { params: { query } })),
  });
  if (asked.isPending) return <Loading rows={10} />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  if (asked.data.length === 0) return <Nothing>{say('noLines')}</Nothing>;
  return (
    <Table<Row>
      size="small"
      rowKey={({ account, detail }) => `${account.code}.${detail.code}`}
      dataSource={asked.data}
      pagination={false}
      scroll={{ x: 900 }}
      columns={[
        {
          ...{ title: say('account'), key: 'account' },
          render: (_, { account, detail }) => (
            <Link
              to={`/funds/${fund}/accounts/${account.code}${queryOf({ ...times, detail: detail.code || undefined })}`}
            >
              {account.code} {name(account)}
            </Link>
          ),
        },
        { title: say('detail'), key: 'detail', render: (_, { detail }) => name(detail) },
        ...AMOUNTS.map((each) => ({
          ...{ title: say(each), key: each, align: 'right' as const },
          render: (_: unknown, row: Row) => <Figure amount={row[each]} />,
        })),
      ]}
    />
  );
}
