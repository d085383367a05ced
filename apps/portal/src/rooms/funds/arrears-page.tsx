import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day, month } from '../../format/dates.js';
import { duesWords } from '../../i18n/dues.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { LateFeeList } from '../dues/late-fee-list.js';
import { OpenDues } from '../dues/open-dues.js';
import { PageHead } from './page-head.js';
import { TimesBar } from './times-bar.js';
import { useTimes } from './use-times.js';

type Row = components['schemas']['ArrearsAnswer'];

/** Who owes which fund what past its due date, the largest sum first; then late fees and fines. */
export function ArrearsPage() {
  const say = useText(fundWords);
  const sayDues = useText(duesWords);
  const { times } = useTimes();
  const arrears = useQuery({
    queryKey: ['arrears', times],
    queryFn: () => answered(office.GET('/api/statistics/arrears', { params: { query: times } })),
  });
  return (
    <>
      <PageHead title={say('arrears')} />
      <TimesBar />
      {arrears.isPending ? <Loading /> : null}
      {arrears.isError ? <Failed error={arrears.error} retry={() => void arrears.refetch()} /> : null}
      {arrears.isSuccess ? <Rows rows={arrears.data.arrears} total={arrears.data.total} /> : null}
      <h2 className="dues-list-title">{sayDues('lateFees')}</h2>
      <LateFeeList times={times} nothing={sayDues('noLateFees')} />
    </>
  );
}

function Rows({ rows, total }: { readonly rows: readonly Row[]; readonly total: string }) {
  const say = useText(fundWords);
  const name = useNames();
  const { times } = useTimes();
  const { language } = useLanguage();
  if (rows.length === 0) return <Nothing>{say('noArrears')}</Nothing>;
  return (
    <ScrollRegion label={say('arrears')}>
      <Table<Row>
        size="small"
        rowKey={({ employer, fund }) => `${employer}.${fund.code}`}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        title={() => (
          <>
            {say('total')} <Figure amount={total} strong />
          </>
        )}
        columns={[
          {
            title: say('employer'),
            key: 'employer',
            render: (_, row) => <OpenDues employer={row.employer} on={times.asOf} />,
          },
          { title: say('creditCode'), dataIndex: 'employer', key: 'code' },
          { title: say('fund'), key: 'fund', render: (_, row) => name(row.fund) },
          { title: say('months'), dataIndex: 'months', key: 'months', align: 'right' },
          { title: say('since'), key: 'since', render: (_, row) => month(row.oldestMonth, language) },
          { title: say('dueDate'), key: 'due', render: (_, row) => day(row.oldestDueDate, language) },
          {
            title: say('owed'),
            key: 'owed',
            align: 'right',
            render: (_, row) => <Figure amount={row.amount} strong />,
          },
        ]}
      />
    </ScrollRegion>
  );
}
