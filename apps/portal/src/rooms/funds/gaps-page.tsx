import { useQuery } from '@tanstack/react-query';
import { Descriptions, Table } from 'antd';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { month } from '../../format/dates.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';
import { Figure } from '../../shell/figure.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { PageHead } from './page-head.js';
import { TimesBar } from './times-bar.js';
import { useTimes } from './use-times.js';

type Row = components['schemas']['MonthDifferenceAnswer'];

/** The personal accounts against their control account, and the settled months in which money and credits differ. */
export function GapsPage() {
  const say = useText(fundWords);
  const { times } = useTimes();
  const gaps = useQuery({
    queryKey: ['control-totals', times],
    queryFn: () => answered(office.GET('/api/books/control-totals', { params: { query: times } })),
  });
  return (
    <>
      <PageHead title={say('gaps')} />
      <TimesBar />
      {gaps.isPending ? <Loading /> : null}
      {gaps.isError ? <Failed error={gaps.error} retry={() => void gaps.refetch()} /> : null}
      {gaps.isSuccess ? (
        <>
          <Descriptions
            bordered
            size="small"
            column={{ xs: 1, md: 2 }}
            items={(['personalAccounts', 'controlAccount'] as const).map((key) => ({
              ...{ key, label: say(key), children: <Figure amount={gaps.data[key]} strong /> },
            }))}
          />
          {gaps.data.months === null ? <Nothing>{say('monthsOnlyNow')}</Nothing> : <Months rows={gaps.data.months} />}
        </>
      ) : null}
    </>
  );
}

function Months({ rows }: { readonly rows: readonly Row[] }) {
  const say = useText(fundWords);
  const { language } = useLanguage();
  if (rows.length === 0) return <Nothing>{say('noGaps')}</Nothing>;
  return (
    <ScrollRegion label={say('gaps')}>
      <Table<Row>
        size="small"
        className="statement"
        rowKey={(row) => `${row.employer}.${row.month}`}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        columns={[
          { title: say('employer'), key: 'employer', render: (_, row) => <EmployerName code={row.employer} /> },
          { title: say('month'), key: 'month', render: (_, row) => month(row.month, language) },
          ...(['received', 'credited', 'difference'] as const).map((each) => ({
            ...{ title: say(each), key: each, align: 'right' as const },
            render: (_: unknown, row: Row) => <Figure amount={row[each]} />,
          })),
          { title: say('corrected'), key: 'corrected', render: (_, row) => (row.corrected ? say('correctedYes') : '') },
        ]}
      />
    </ScrollRegion>
  );
}
