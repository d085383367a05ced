import { type BusinessDate, type Month, SCHEMES, type Scheme } from '@provident/kernel';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { schemeBit } from './projection.js';
import type { StatisticsDatabase } from './tables.js';

/** What is asked: a month, counted up to a day, as known at a position. */
export interface FigureQuestion {
  readonly month: Month;
  readonly asOf: BusinessDate;
  readonly knownAt: bigint | undefined;
}

/** Figures by scheme; `undefined` as a key stands for all schemes together, each person counted once. */
export type ByScheme<Figure> = ReadonlyMap<Scheme | undefined, Figure>;

type Database = Kysely<StatisticsDatabase>;

/**
 * Merged identities: `goes_on` has for each everybody that the person went on as, one after the other, `person` the last of
 * them. Two merges never lead back: the second of two that cross is undone.
 */
function goesOn(knownAt: bigint | undefined): RawBuilder<unknown> {
  return sql`goes_on (merged, survivor, position, step) as (
      select merged, survivor, position, 1 from identity_merge where ${known('identity_merge', knownAt)}
      union all
      select goes_on.merged, later.survivor, later.position, step + 1
      from goes_on join identity_merge later on later.merged = goes_on.survivor where ${known('later', knownAt)}),
    person as (select distinct on (merged) merged, survivor from goes_on order by merged, step desc)`;
}

export async function participants(db: Database, { month, knownAt }: FigureQuestion): Promise<ByScheme<bigint>> {
  const { rows } = await sql<{ scheme: Scheme | null; people: bigint }>`
    with recursive ${goesOn(knownAt)}
    select scheme, count(distinct coalesce(person.survivor, person_id)) as people
    from enrolment left join person on person.merged = person_id
    where from_month <= ${month} and ${known('enrolment', knownAt)}
      and not exists (
        select 1 from enrolment_end ending
        where ending.person_id = enrolment.person_id and ending.employer = enrolment.employer
          and ending.position > enrolment.position and ending.last_month < ${month} and ${known('ending', knownAt)})
      and (person.merged is null or ${endedByOwn(knownAt)} or coalesce(${endBySurvivor(knownAt)}, '9999-12') >= ${month})
    group by grouping sets ((scheme), ())`.execute(db);
  return new Map(rows.map(({ scheme, people }) => [scheme ?? undefined, people]));
}

/** Whether a merged identity had ended the participation itself: then nobody ends it again. */
function endedByOwn(knownAt: bigint | undefined): RawBuilder<unknown> {
  return sql`exists (
    select 1 from enrolment_end ending
    where ending.person_id = enrolment.person_id and ending.employer = enrolment.employer
      and ending.position > enrolment.position and ${known('ending', knownAt)})`;
}

/** The last month of a participation that went on over a merge, by whoever the person was when it ended. */
function endBySurvivor(knownAt: bigint | undefined): RawBuilder<unknown> {
  return sql`(
    select ending.last_month from goes_on join enrolment_end ending on ending.person_id = goes_on.survivor
    where goes_on.merged = enrolment.person_id and ending.employer = enrolment.employer
      and ending.position > goes_on.position and ${known('ending', knownAt)}
    order by ending.position limit 1)`;
}

export async function payers(db: Database, { month, asOf, knownAt }: FigureQuestion): Promise<ByScheme<bigint>> {
  const net = SCHEMES.map(
    (scheme) => sql`coalesce(sum(sign) filter (where schemes & ${sql.lit(schemeBit(scheme))} <> 0), 0) > 0`,
  );
  const { rows } = await sql<{ paid: boolean[]; people: bigint }>`
    with recursive ${goesOn(knownAt)}
    select paid, count(*) as people
    from (
      select coalesce(person.survivor, person_id), array[${sql.join(net)}] as paid
      from credit left join person on person.merged = person_id
      where month = ${month} and effective_date <= ${asOf} and ${known('credit', knownAt)}
      group by 1) people
    group by paid`.execute(db);
  // One row per combination of schemes: a handful, whatever the number of people.
  const count = (paidFor: (paid: readonly boolean[]) => boolean) =>
    rows.filter(({ paid }) => paidFor(paid)).reduce((total, { people }) => total + people, 0n);
  return new Map<Scheme | undefined, bigint>([
    ...SCHEMES.map((scheme, place) => [scheme, count((paid) => paid[place] === true)] as const),
    [undefined, count((paid) => paid.includes(true))],
  ]);
}

/** Amounts in fen. */
export interface Collected {
  readonly due: bigint;
  readonly received: bigint;
  readonly receivedLate: bigint;
  readonly arrears: bigint;
}

export async function collected(db: Database, { month, asOf, knownAt }: FigureQuestion): Promise<ByScheme<Collected>> {
  const counts = (table: 'due' | 'allocation') =>
    sql`month <= ${month} and effective_date <= ${asOf} and ${known(table, knownAt)}`;
  const { rows } = await sql<Collected & { scheme: Scheme | null }>`
    with dues as (
      select employer, month, scheme, payer, max(due_date) as due_date, sum(amount_fen) as amount
      from due where ${counts('due')} group by 1, 2, 3, 4),
    paid as (
      select employer, month, scheme, payer, sum(amount_fen) as amount,
             coalesce(sum(amount_fen) filter (where late), 0) as late
      from allocation where ${counts('allocation')} group by 1, 2, 3, 4)
    select scheme,
           coalesce(sum(dues.amount) filter (where month = ${month}), 0)::bigint as due,
           coalesce(sum(paid.amount) filter (where month = ${month}), 0)::bigint as received,
           coalesce(sum(paid.late) filter (where month = ${month}), 0)::bigint as "receivedLate",
           coalesce(sum(dues.amount - coalesce(paid.amount, 0)) filter (where due_date < ${asOf}), 0)::bigint as arrears
    from dues full join paid using (employer, month, scheme, payer)
    group by grouping sets ((scheme), ())`.execute(db);
  return new Map(rows.map(({ scheme, ...figures }) => [scheme ?? undefined, figures]));
}

/** The latest day that any declaration, due or receipt on record counts for. */
export async function latestDay(db: Database, knownAt: bigint | undefined): Promise<BusinessDate | undefined> {
  const latest = (table: 'declaration' | 'due' | 'receipt' | 'allocation') =>
    sql`select max(effective_date) as day from ${sql.table(table)} where ${known(table, knownAt)}`;
  const { rows } = await sql<{ day: BusinessDate | null }>`
    select max(day) as day from (
      ${latest('declaration')} union all ${latest('due')} union all ${latest('receipt')} union all
      ${latest('allocation')}) days`.execute(db);
  return rows[0]?.day ?? undefined;
}

function known(table: string, knownAt: bigint | undefined): RawBuilder<unknown> {
  return knownAt === undefined ? sql`true` : sql`${sql.ref(`${table}.position`)} <= ${knownAt}`;
}
