import type { Kysely } from 'kysely';
import type { Page } from './case-queries.js';
import { page } from './conversation-queries.js';
import type { DeskDatabase } from './tables.js';

const MOST_CONFLICTS = 500;

/** What contradicts a person's record and waits for a case that settles it. */
export interface DeskConflict {
  readonly conflictId: string;
  readonly kind: string;
  readonly personId: string;
  readonly employer: string;
  readonly month: string;
  readonly foundOn: string;
}

/** Months that were paid twice and declared enrolments that were not made, which nobody has settled. */
export class ConflictQueries {
  constructor(private readonly db: Kysely<DeskDatabase>) {}

  /** The oldest first. What was settled and found again since is open again. */
  async open(area: string): Promise<Page<DeskConflict>> {
    const rows = await this.db
      .selectFrom('desk_conflict')
      .selectAll()
      .where('area', '=', area)
      .where((is) => is.or([is('settled_position', 'is', null), is('settled_position', '<', is.ref('found_position'))]))
      .orderBy('found_position')
      .limit(MOST_CONFLICTS + 1)
      .execute();
    return page(rows, (row) => ({
      ...{ conflictId: row.conflict_id, kind: row.kind, personId: row.person_id },
      ...{ employer: row.employer, month: row.month, foundOn: row.found_on },
    }));
  }
}
