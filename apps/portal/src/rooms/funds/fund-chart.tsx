import { useQuery } from '@tanstack/react-query';
import { FUND_NAMES, type Fund } from '@provident/kernel/schemes';
import { Button, Table, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { month } from '../../format/dates.js';
import { heightOf, money } from '../../format/money.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading } from '../../shell/states.js';
import { init } from './echarts.js';
import { useTimes } from './use-times.js';

type Month = components['schemas']['FundMonthAnswer'];
const SERIES = ['income', 'expenditure', 'balance'] as const;
const COLOURS = ['#0f4c81', '#b3561e', '#237a3b'];

/** Twelve months as a picture, and the same as a table for who wants the figures or sees no picture. */
export default function FundChart({ fund }: { readonly fund: Fund }) {
  const say = useText(fundWords);
  const name = useNames();
  const { times } = useTimes();
  const [isTable, setTable] = useState(false);
  const asked = useQuery({
    queryKey: ['months', fund, times],
    queryFn: () => answered(office.GET('/api/books/funds/{fund}/months', { params: { path: { fund }, query: times } })),
  });
  if (asked.isPending) return <Loading />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  return (
    <section>
      <Typography.Title level={2} className="section-title">
        {say('chartTitle', { fund: name(FUND_NAMES[fund]) })}
      </Typography.Title>
      <Button onClick={() => setTable(!isTable)}>{say(isTable ? 'asChart' : 'asTable')}</Button>
      {isTable ? <Months months={asked.data} /> : <Picture months={asked.data} fund={fund} />}
    </section>
  );
}

function Picture({ months, fund }: { readonly months: readonly Month[]; readonly fund: Fund }) {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = init(place.current);
    chart.setOption({
      animation: false,
      // Named by the element around it; patterns help where colours do not.
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      color: COLOURS,
      // Drawn, not written as HTML: the page's policy lets no style in by a text.
      tooltip: { trigger: 'axis', renderMode: 'richText', formatter: (points: unknown) => tip(points, months) },
      legend: { top: 0 },
      grid: { left: 8, right: 8, top: 48, bottom: 8, containLabel: true },
      xAxis: { type: 'category', data: months.map((each) => month(each.month, language)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => value.toLocaleString('en-US') } },
      series: SERIES.map((each) => ({
        ...{ name: say(each), type: each === 'balance' ? 'line' : 'bar' },
        data: months.map((row) => heightOf(row[each])),
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(place.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [months, language, say]);
  return (
    <div ref={place} className="chart" role="img" aria-label={say('chartTitle', { fund: name(FUND_NAMES[fund]) })} />
  );
}

/** The figures of the month under the pointer, as they are and not as they are drawn. */
function tip(points: unknown, months: readonly Month[]): string {
  const list = points as readonly { readonly dataIndex: number; readonly seriesName: string; readonly name: string }[];
  const lines = list.map(({ seriesName, dataIndex }, at) => {
    const row = months[dataIndex];
    return row === undefined ? '' : `${seriesName}  ${money(row[SERIES[at] ?? 'balance'])}`;
  });
  return [list[0]?.name ?? '', ...lines].join('\n');
}

function Months({ months }: { readonly months: readonly Month[] }) {
  const say = useText(fundWords);
  const { language } = useLanguage();
  return (
    <Table<Month>
      size="small"
      className="statement"
      rowKey="month"
      pagination={false}
      dataSource={months}
      columns={[
        { title: say('month'), key: 'month', render: (_, row) => month(row.month, language) },
        ...SERIES.map((each) => ({
          ...{ title: say(each), key: each, align: 'right' as const },
          render: (_: unknown, row: Month) => <Figure amount={row[each]} />,
        })),
      ]}
    />
  );
}
