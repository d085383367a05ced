import { FUND_NAMES } from '@provident/kernel';
import type { Effect, SimulationReport, WinnersAndLosers } from '@provident/supervision';
import { grouped, table } from './table.js';

const RIGHT = 'right' as const;
const EFFECT_COLUMNS = ['before', 'after', 'difference'].map((title) => ({ title, align: RIGHT }));

/** What proposed parameters would have changed: by fund and month, by kind of person, who gains and who loses. */
export function simulationText(report: SimulationReport): string {
  const { events, upTo, people, months, underOtherLaw, contributions, kinds, person, notSimulated } = report;
  return [
    `推演 · Simulation over ${events} events up to ${upTo}: ${people} people, ${months} months. Nothing was written.`,
    ...(underOtherLaw === 0
      ? []
      : [`${underOtherLaw} declarations rest on parameters that the law in force has otherwise now.`]),
    '',
    table(
      [{ title: '基金 fund' }, { title: 'month' }, ...EFFECT_COLUMNS],
      contributions.map((each) => [FUND_NAMES[each.fund].zh, each.month, ...effect(each)]),
    ),
    '',
    table(
      [
        { title: 'by' },
        { title: 'kind' },
        { title: 'people', align: RIGHT },
        ...EFFECT_COLUMNS,
        { title: 'accounts', align: RIGHT },
      ],
      kinds.map(({ characteristic, kind, people: count, own, account }) => [
        ...[characteristic, kind, String(count)],
        ...effect(own),
        effect(account)[2] ?? '',
      ]),
    ),
    '',
    winners('people, by what they pay', report.payers),
    winners('employers, by what they pay', report.employers),
    winners('people, by their personal accounts', report.accounts),
    ...(person === undefined ? [] : ['', ...personLines(person)]),
    '',
    ...notSimulated.map((each) => `Not computed: ${each}.`),
  ].join('\n');
}

function personLines({ personId, account, months }: NonNullable<SimulationReport['person']>): string[] {
  return [
    `${personId}: personal account ${effect(account).join(' → ')}`,
    ...months.flatMap(({ month, wage, baseBefore, baseAfter, lines, changed }) => [
      `  ${month}: wage ${grouped(wage.toString())}, base ${grouped(baseBefore.toString())} → ${grouped(baseAfter.toString())}`,
      ...lines
        .filter(({ before, after }) => !before.equals(after))
        .map(
          ({ scheme, payer, before, after }) => `    ${scheme} ${payer}: ${before.toString()} → ${after.toString()}`,
        ),
      ...changed.map(({ id, value, legalBasis }) => `    ${id} = ${value} ${legalBasis}`),
    ]),
  ];
}

function winners(whom: string, { less, more, same }: WinnersAndLosers): string {
  const side = ({ count, amount }: WinnersAndLosers['less']) => `${count} (${grouped(amount.toString())})`;
  return `${whom}: less ${side(less)}, more ${side(more)}, the same ${same}`;
}

function effect({ before, after }: Effect): string[] {
  return [before, after, after.minus(before)].map((amount) => grouped(amount.toString()));
}
