import { FUND_NAMES, SCHEME_NAMES } from '@provident/kernel';
import { INDICATORS, type MonthlyStatistics, type SchemeFigures } from '@provident/statistics';
import { grouped, table } from './table.js';

/** The month's statistics with the definition of every indicator below. */
export function statisticsText({ month, asOf, schemes, all, funds }: MonthlyStatistics): string {
  const right = 'right' as const;
  const schemeRows = [
    ...schemes.map((each) => [SCHEME_NAMES[each.scheme].zh, ...figures(each)]),
    ['合计 all', ...figures(all)],
  ];
  const schemeColumns = [
    { title: '险种 scheme' },
    { title: '参保 participants', align: right },
    { title: '缴费 payers', align: right },
    { title: '应缴 due', align: right },
    { title: '实缴 received', align: right },
    { title: '欠费 arrears', align: right },
    { title: '征缴率 rate', align: right },
  ];
  const fundRows = funds.map((each) => [
    FUND_NAMES[each.fund].zh,
    ...[each.income, each.expenditure, each.balance].map((amount) => grouped(amount.toString())),
  ]);
  const fundColumns = [
    { title: '基金 fund' },
    { title: '收入 income', align: right },
    { title: '支出 expenditure', align: right },
    { title: '结余 balance', align: right },
  ];
  const definitions = INDICATORS.map((each) => `${each.zh} ${each.en}: ${each.definition}`);
  return [
    `社会保险统计 · Statistics of ${month}, counted up to ${asOf}`,
    table(schemeColumns, schemeRows),
    '',
    table(fundColumns, fundRows),
    '',
    ...definitions,
  ].join('\n');
}

function figures(of: SchemeFigures): string[] {
  return [
    of.participants.toString(),
    of.payers.toString(),
    grouped(of.due.toString()),
    grouped(of.received.toString()),
    grouped(of.arrears.toString()),
    of.collectionRate ?? '–',
  ];
}
