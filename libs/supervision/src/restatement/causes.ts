import { type RawBuilder, sql } from 'kysely';
import type { BusinessDate } from '@provident/kernel';
import type { SupervisionDatabase } from '../database.js';
import type { Cause, Caused } from './restatement.js';

interface CauseRow {
  readonly position: bigint;
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly effective_date: BusinessDate;
  readonly recorded_at: Date;
  readonly actor: string;
  readonly reviewer: string | null;
  readonly approver: string | null;
  readonly events: bigint;
}

/** The events at the positions that a statement selects: how many, and the first of them. */
export async function causesBehind(
  db: SupervisionDatabase,
  positions: RawBuilder<unknown>,
  most: number,
): Promise<Caused> {
  const { rows } = await sql<CauseRow>`
    with found as (select distinct position from (${positions}) as facts)
    select event.position, event_id, type, stream, effective_date, recorded_at, actor, reviewer, approver,
           (select count(*) from found) as events
    from found join event_index event using (position)
    order by event.position
    limit ${most}`.execute(db);
  return { events: rows[0]?.events ?? 0n, causes: rows.map(causeOf) };
}

function causeOf(row: CauseRow): Cause {
  return {
    ...{ position: row.position.toString(), eventId: row.event_id, type: row.type, stream: row.stream },
    ...{ effectiveDate: row.effective_date, recordedAt: row.recorded_at.toISOString() },
    ...{ enteredBy: row.actor, reviewedBy: row.reviewer, approvedBy: row.approver },
  };
}
