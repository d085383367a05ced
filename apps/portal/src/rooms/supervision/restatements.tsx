import { useQuery } from '@tanstack/react-query';
import { FUND_NAMES, type Fund } from '@provident/kernel/schemes';
import { Flex, Table, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day, moment, month } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useNames, useText } from '../../i18n/text.js';
import { DayField } from '../../shell/day-field.js';
import { EventWords } from '../../shell/event-words.js';
import { Figure } from '../../shell/figure.js';
import { StaffName } from '../../shell/staff-name.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';

type Row = components['schemas']['BookRestatementAnswer'];

/** Figures that are known otherwise than before, each with the events behind the difference. */
export function Restatements() {
  const say = useText(supervisionWords);
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const query = { from: from ?? '', ...(to === undefined ? {} : { to }) };
  const report = useQuery({
    queryKey: ['restatement', query],
    enabled: from !== undefined,
    queryFn: () => answered(office.GET('/api/supervision/restatement', { params: { query } })),
  });
  return (
    <>
      <Typography.Paragraph>{say('restatementText')}</Typography.Paragraph>
      <Flex wrap gap={16}>
        <DayField label={say('knownBefore')} value={from} onChange={setFrom} />
        <DayField label={say('knownAfter')} value={to} onChange={setTo} blank={say('now')} />
      </Flex>
      {from === undefined ? <Nothing>{say('chooseDay')}</Nothing> : null}
      {report.isLoading ? <Loading /> : null}
      {report.isError ? <Failed error={report.error} retry={() => void report.refetch()} /> : null}
      {report.isSuccess ? <Rows rows={report.data.books} /> : null}
    </>
  );
}

function Rows({ rows }: { readonly rows: Row[] }) {
  const say = useText(supervisionWords);
  const name = useNames();
  const { language } = useLanguage();
  if (rows.length === 0) return <Nothing>{say('nothingRestated')}</Nothing>;
  return (
    <ScrollRegion label={say('restatements')}>
      <Table<Row>
        size="small"
        className="statement"
        rowKey={(row) => [row.fund, row.account, row.detail, row.month].join('.')}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: say('fund'), key: 'fund', render: (_, row) => name(FUND_NAMES[row.fund as Fund]) },
          { title: say('account'), key: 'account', render: (_, row) => `${row.account} ${row.detail}` },
          { title: say('month'), key: 'month', render: (_, row) => month(row.month, language) },
          ...(['before', 'after', 'difference'] as const).map((each) => ({
            ...{ title: say(each), key: each, align: 'right' as const },
            render: (_: unknown, row: Row) => <Figure amount={row[each]} strong={each === 'difference'} />,
          })),
          { title: say('causes'), key: 'events', render: (_, row) => say('causesOf', { count: count(row.events) }) },
        ]}
        expandable={{ expandedRowRender: ({ causes }) => <Causes causes={causes} /> }}
      />
    </ScrollRegion>
  );
}

function Causes({ causes }: { readonly causes: Row['causes'] }) {
  const { language } = useLanguage();
  return (
    <ul>
      {causes.map(({ position, type, effectiveDate, recordedAt, enteredBy }) => (
        <li key={position}>
          <EventWords type={type} /> · {day(effectiveDate, language)} · {moment(recordedAt, language)} ·{' '}
          <StaffName actor={enteredBy} />
        </li>
      ))}
    </ul>
  );
}
