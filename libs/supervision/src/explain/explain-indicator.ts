import { businessDate, Money } from '@provident/kernel';
import {
  type FigureName,
  factsOf,
  figuresOf,
  INDICATORS,
  type IndicatorId,
  StatisticsQueries,
} from '@provident/statistics';
import { sql } from 'kysely';
import type { SupervisionDatabase } from '../database.js';
import { type Address, timesText } from './address.js';
import { eventHead } from './event-head.js';
import { type Explanation, type ExplanationHead, fact, type Page, pageOf } from './explanation.js';

const LAST_DAY = businessDate('2199-12-31');

type Indicator = Extract<Address, { kind: 'indicator' }>;
type Facts = Extract<Address, { kind: 'facts' }>;

/** An indicator with its definition, by the employers whose facts it is made of. */
export async function explainIndicator(db: SupervisionDatabase, address: Indicator, page: Page): Promise<Explanation> {
  const { indicator, of, month, asOf, knownAt } = address;
  const statistics = await new StatisticsQueries(db).monthlyStatistics(month, { asOf, knownAt });
  const figure = figuresOf(statistics).find((each) => each.indicator === indicator && each.of === of);
  const times = { asOf: statistics.asOf, knownAt };
  const { rows } = await sql<{ party: string | null; facts: bigint; amount: bigint }>`
    select party, count(*) as facts, sum(amount)::bigint as amount
    from (${factsOf({ indicator, of, month, ...times })}) as facts
    group by party order by party nulls last`.execute(db);
  const groups = rows.map((row) =>
    headOfFacts({ kind: 'facts', indicator, of, month, party: row.party ?? undefined, ...times }, row),
  );
  const definition = definitionOf(indicator);
  const { value } = figure ?? {};
  return {
    address: `indicator:${indicator}/${of}/${month}${timesText(times)}`,
    kind: 'indicator',
    title: { zh: `${definition.zh} ${of} ${month}`, en: `${definition.en}, ${of}, ${month}` },
    ...(value === null || value === undefined ? {} : { value: { text: value, unit: definition.unit } }),
    facts: [
      ...fact('截至', 'effective up to', statistics.asOf),
      ...fact('已知至', 'known at position', knownAt?.toString()),
    ],
    rule: { text: `${definition.definition} ${definition.formula}`, basis: definition.source },
    ...pageOf(groups, page),
  };
}

/** One employer's facts behind an indicator, each by its event, in the order of the log. */
export async function explainFacts(db: SupervisionDatabase, address: Facts, page: Page): Promise<Explanation> {
  const { party } = address;
  const source = sql`
    select position, sum(amount)::bigint as amount from (${factsOf(nameOf(address))}) as facts
    where party is not distinct from ${party ?? null} group by position`;
  const totals = await sql<{ facts: bigint; amount: bigint | null }>`
    select count(*) as facts, sum(amount)::bigint as amount from (${source}) as found`.execute(db);
  const after = page.after === undefined ? -1n : BigInt(page.after);
  const { rows } = await sql<{ position: bigint; amount: bigint }>`
    select position, amount from (${source}) as found
    where position > ${after} order by position limit ${page.limit}`.execute(db);
  const { facts = 0n, amount = 0n } = totals.rows[0] ?? {};
  const children: ExplanationHead[] = [];
  for (const row of rows) {
    const head = await eventHead(db, row.position);
    children.push({ ...head, value: valueOf(address.indicator, row.amount) });
  }
  const last = rows.length < page.limit ? undefined : rows.at(-1);
  return {
    ...headOfFacts(address, { facts, amount: amount ?? 0n }),
    children,
    total: Number(facts),
    ...(last === undefined ? {} : { next: last.position.toString() }),
  };
}

function headOfFacts(address: Facts, { facts, amount }: { facts: bigint; amount: bigint }): ExplanationHead {
  const { indicator, of, month, party } = address;
  const { zh, en } = definitionOf(indicator);
  return {
    address: `facts:${indicator}/${of}/${month}/${party ?? '-'}${timesText(address)}`,
    kind: 'facts',
    title: { zh: `${zh} ${party ?? ''}`.trimEnd(), en: `${en} ${party ?? ''}`.trimEnd() },
    value: valueOf(indicator, amount),
    facts: fact('事实', 'facts', facts.toString()),
  };
}

/** A rate is made of amounts; persons are counted. */
function valueOf(indicator: IndicatorId, amount: bigint): NonNullable<ExplanationHead['value']> {
  if (definitionOf(indicator).unit === 'persons') return { text: amount.toString(), unit: 'persons' };
  return { text: Money.fromFen(amount).toString(), unit: 'yuan' };
}

function nameOf({ indicator, of, month, asOf, knownAt }: Facts): FigureName {
  // An indicator's facts carry its day; an address written by hand without one counts every day.
  return { indicator, of, month, asOf: asOf ?? LAST_DAY, knownAt };
}

function definitionOf(indicator: IndicatorId) {
  const definition = INDICATORS.find(({ id }) => id === indicator);
  if (definition === undefined) throw new Error(`No definition of ${indicator}.`);
  return definition;
}
