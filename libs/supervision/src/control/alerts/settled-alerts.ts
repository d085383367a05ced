import { sql } from 'kysely';
import type { SupervisionDatabase } from '../../database.js';
import { LIMITS } from '../../limits.js';

/** An alert that nobody resolved, of a conflict that a case has settled since. */
export interface SettledAlert {
  readonly alertId: string;
  readonly outcome: string;
}

/** What became of conflicts, told to whoever waits for it: open alerts whose conflict is settled. */
export async function settledAlerts(db: SupervisionDatabase): Promise<readonly SettledAlert[]> {
  const { rows } = await sql<SettledAlert>`
    select alert_id as "alertId", outcome
    from desk_conflict join supervision_alert
      on subject = case kind when 'credit' then concat('event:', found_by) else concat('enrolment:', conflict_id) end
    where state <> 'resolved' and check_name in ('month-paid-twice', 'enrolment-conflict')
      and settled_position > found_position
    order by settled_position limit ${LIMITS.findings}`.execute(db);
  return rows;
}
