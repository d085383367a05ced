import type { EventSource } from '@provident/event-store';
import type { Projection } from '@provident/projections';
import { compare, digest, type SchemaDigest } from '@provident/projections/digest';
import { Projector } from '@provident/projections/projector';
import type { Pool } from 'pg';

const SCHEMA = 'provident_replay';
/** How often both may be found at different places before that is an error. */
const TRIES = 10;

export interface ReplayComparison {
  readonly live: SchemaDigest;
  readonly replayed: SchemaDigest;
  /** Tables whose rows differ; empty when both ways give the same figures. */
  readonly differing: readonly string[];
}

/**
 * Replays the whole log in this one process, beside the live tables, and compares every table, however the live ones were
 * projected. Both must stand at the same place of the log, so little may be written meanwhile.
 */
export async function compareWithReplay(
  pool: Pool,
  source: EventSource,
  projections: readonly Projection[],
): Promise<ReplayComparison> {
  await pool.query(`drop schema if exists ${SCHEMA} cascade`);
  try {
    for (let tries = 1; ; tries += 1) {
      await new Projector({ pool, source, projections, schema: SCHEMA }).catchUp();
      const replayed = await digest(pool, projections, { schema: SCHEMA });
      const live = await digest(pool, projections);
      // The services write of themselves now and then, such as a checkpoint: the replay goes on from where it is.
      if (live.position !== replayed.position && tries < TRIES) continue;
      return { live, replayed, differing: compare(live, replayed) };
    }
  } finally {
    await pool.query(`drop schema if exists ${SCHEMA} cascade`);
  }
}
