import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { isZero } from '../../format/money.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading } from '../../shell/states.js';
import type { Fund } from '@provident/kernel/schemes';
import { queryOf, type Times, useTimes } from './use-times.js';

type Statement = components['schemas']['FundStatementAnswer'];
type Line = components['schemas']['StatementLineAnswer'];
type Column = components['schemas']['StatementColumnAnswer'];

export function BalanceSheet({ fund }: { readonly fund: Fund }) {
  const { times } = useTimes();
  const asked = useQuery({
    queryKey: ['balance-sheet', fund, times],
    queryFn: () =>
      answered(office.GET('/api/books/funds/{fund}/balance-sheet', { params: { path: { fund }, query: times } })),
  });
  if (asked.isPending) return <Loading rows={12} />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  return (
    <>
      <Balanced statement={asked.data} />
      <StatementTable statement={asked.data} />
    </>
  );
}

export function IncomeExpenditure({ fund, period }: { readonly fund: Fund; readonly period: 'month' | 'year' }) {
  const { times } = useTimes();
  const query = { ...times, period };
  const asked = useQuery({
    queryKey: ['income-expenditure', fund, query],
    queryFn: () =>
      answered(office.GET('/api/books/funds/{fund}/income-expenditure', { params: { path: { fund }, query } })),
  });
  if (asked.isPending) return <Loading rows={12} />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  return <StatementTable statement={asked.data} />;
}

function Balanced({ statement: { lines } }: { readonly statement: Statement }) {
  const say = useText(fundWords);
  const figures = (id: string): string => lines.find((line) => line.id === id)?.figures.join() ?? '';
  const holds = figures('assets') === figures('liabilities-and-net-assets');
  return (
    <Tag color={holds ? 'success' : 'error'} icon={holds ? <CheckCircleOutlined /> : <CloseCircleOutlined />}>
      {say(holds ? 'balanced' : 'unbalanced')}
    </Tag>
  );
}

/** A statement as its form has it. Every figure that is drawn from one account opens that account's vouchers. */
function StatementTable({ statement }: { readonly statement: Statement }) {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  const { times } = useTimes();
  const { fund, form, columns, lines } = statement;
  const shown: TableColumnsType<Line> = [
    {
      ...{ title: say('item'), key: 'item' },
      render: (_, line) => <span className={`form-line-${line.level}`}>{name(line)}</span>,
    },
    ...columns.map((column, at) => ({
      ...{ key: column.en, align: 'right' as const, width: '28%' },
      title: (
        <>
          {name(column)}
          <div className="column-days">
            {column.from === undefined ? null : `${day(column.from, language)} – `}
            {day(column.to, language)}
          </div>
        </>
      ),
      render: (_: unknown, line: Line) => <Drawn line={line} at={at} column={column} fund={fund.code} times={times} />,
    })),
  ];
  return (
    <Table<Line>
      size="small"
      className="statement"
      rowKey="id"
      columns={shown}
      dataSource={lines}
      pagination={false}
      rowClassName={(line) => (line.level === 0 ? 'row-total' : '')}
      title={() => (
        <span className="statement-title">
          <strong>{name(statement)}</strong> {form} · {name(fund)} · {say('unit')}
        </span>
      )}
    />
  );
}

function Drawn(props: {
  readonly line: Line;
  readonly at: number;
  readonly column: Column;
  readonly fund: string;
  readonly times: Times;
}) {
  const { line, at, column, fund, times } = props;
  const amount = line.figures[at] ?? '0.00';
  const figure = <Figure amount={amount} strong={line.level === 0} />;
  const [source] = line.sources;
  // A total is the sum of other lines, and nothing stands behind nothing.
  if (source === undefined || line.sources.length > 1 || isZero(amount)) return figure;
  const query = queryOf({ ...times, from: column.from, asOf: column.to, detail: source.detail });
  return <Link to={`/funds/${fund}/accounts/${source.account}${query}`}>{figure}</Link>;
}
