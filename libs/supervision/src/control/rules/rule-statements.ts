import { Money } from '@provident/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Rule } from './rule.js';

/** What part of the log a run looks at: what the read side took since the last one. */
export interface Scope {
  readonly after: bigint;
  readonly upTo: bigint;
}

/** One finding as a statement selects it, in the order of positions: the latest event concerned stands for it. */
export interface FoundRow {
  readonly subject: string;
  readonly message: string;
  readonly position: bigint;
}

type Statement = (rule: Rule, scope: Scope) => RawBuilder<FoundRow>;

const within = ({ after, upTo }: Scope, column: string) =>
  sql`${sql.ref(column)} > ${after} and ${sql.ref(column)} <= ${upTo}`;

/** What was settled may be found again later. */
const isOpen = sql`(settled_position is null or settled_position < found_position)`;

/** Who acts by itself: reactions and schedules carry out what persons entered. */
const BY_A_PERSON = sql`actor not like 'system:%'`;

/**
 * How each rule is examined. A rule of the data file that is not here has nothing to look at: no part of the ledger writes
 * its events.
 */
export const RULE_STATEMENTS: Readonly<Record<string, Statement>> = {
  'duplicate-participation': (_, scope) => sql`
    with stretch as (
      select enrolment.position, person_id, scheme, employer, from_month,
             (select min(last_month) from enrolment_end ending
              where ending.person_id = enrolment.person_id and ending.employer = enrolment.employer
                and ending.position > enrolment.position) as last_month
      from enrolment)
    select concat('insured:', newer.person_id, '/', newer.scheme) as subject,
           concat('Takes part in ', newer.scheme, ' through ', newer.employer, ' from ', newer.from_month,
                  ' and through ', older.employer, ' from ', older.from_month, '.') as message,
           newer.position
    from stretch newer join stretch older using (person_id, scheme)
    where ${within(scope, 'newer.position')} and older.position < newer.position and older.employer <> newer.employer
      and newer.from_month <= coalesce(older.last_month, '9999-12')
      and older.from_month <= coalesce(newer.last_month, '9999-12')`,

  'month-paid-twice': (_, scope) => sql`
    select concat('event:', found_by) as subject,
           concat('The month ', month, ' was paid a second time for the account ', stream, ', through ', employer, '.') as message,
           found_position as position
    from desk_conflict join event_index on event_id = found_by
    where kind = 'credit' and ${isOpen} and ${within(scope, 'found_position')}`,

  'enrolment-conflict': (_, scope) => sql`
    select concat('enrolment:', conflict_id) as subject,
           concat('The enrolment of insured-', person_id, ' that ', employer, ' declared from ', month, ' on was not made.') as message,
           found_position as position
    from desk_conflict
    where kind = 'enrolment' and ${isOpen} and ${within(scope, 'found_position')}`,

  'unusual-corrections': ({ thresholds = {} }, scope) => sql`
    select concat('corrections:', entered_by, '/', day) as subject,
           concat(entered_by, ' corrected ', count(*), ' credits on ', day, ', together ',
                  round(sum(abs(principal_fen)) / 100, 2), ' yuan.') as message,
           max(position) as position
    from (select position, entered_by, principal_fen, (recorded_at at time zone 'Asia/Shanghai')::date as day
          from account_movement where kind = 'reversal' and position <= ${scope.upTo}) corrections
    group by entered_by, day
    having max(position) > ${scope.after} and (count(*) >= ${Number(thresholds.corrections ?? '1')}
        or sum(abs(principal_fen)) >= ${Money.of(thresholds.amount ?? '0.01').fen})`,

  'entered-and-approved-by-one': (_, scope) => sql`
    select concat('event:', event_id) as subject,
           concat(type, ' of ', stream, ': entered by ', actor, ', reviewed by ', coalesce(reviewer, 'nobody'),
                  ', approved by ', coalesce(approver, 'nobody'), '.') as message,
           position
    from event_index
    where (actor in (reviewer, approver) or reviewer = approver) and ${within(scope, 'position')}`,

  'late-back-dating': ({ looksAt, thresholds = {} }, scope) => sql`
    select concat('back-dating:', actor, '/', type, '/', day) as subject,
           concat(actor, ' entered ', count(*), ' ', type, ' on ', day, ' that count up to ',
                  max(day - effective_date), ' days earlier, from ', min(effective_date), ' on.') as message,
           max(position) as position
    from (select position, actor, type, effective_date, (recorded_at at time zone 'Asia/Shanghai')::date as day
          from event_index
          where type in (${sql.join(looksAt)}) and ${BY_A_PERSON} and position <= ${scope.upTo}) entered
    where day - effective_date > ${Number(thresholds.days ?? '0')}::integer
    group by actor, type, day
    having max(position) > ${scope.after}`,
};
