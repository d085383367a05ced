import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@provident/kernel';
import { LIVE_SCHEMA } from '@provident/projections/database';
import { type DeadLetter, readDeadLetters } from '@provident/projections/dead-letter';
import { dropSchema, onlyOne, putInPlace } from '@provident/projections/rebuild';
import { expectFeed } from '@provident/projections/schema';
import type { Pool } from 'pg';
import { DeadLetters } from './dead-letters.js';
import { KafkaProjector, type KafkaProjectorOptions } from './kafka-projector.js';

const LOOK_EVERY_MS = 200;

export interface KafkaRebuildOptions extends Omit<KafkaProjectorOptions, 'schema'> {
  readonly clock: Clock;
  /** Told now and then how many events are applied. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Builds the read side anew from the topics, in a schema beside the live one, and puts it in the live one's place once it
 * has everything. Readers go on reading the old tables until then; projectors of this same program may run and go on
 * behind it, those of another version must be stopped. What people did about dead letters is done again. Cut short, the
 * live tables are as they were. Throws `read-side-feed` when Kafka does not feed the live tables, and what stops a
 * partition when something does.
 */
export async function rebuildFromKafka(options: KafkaRebuildOptions): Promise<void> {
  const { pool, onProgress } = options;
  const fresh = `${LIVE_SCHEMA}_rebuild`;
  await expectFeed(pool, LIVE_SCHEMA, 'kafka');
  await onlyOne(pool, LIVE_SCHEMA, async () => {
    await dropSchema(pool, fresh);
    const projector = new KafkaProjector({ ...options, schema: fresh });
    const caughtUp = async (): Promise<void> => {
      while (!(await hasAllOf(pool, LIVE_SCHEMA, fresh))) {
        const { partitions, applied } = projector.status;
        const stopped = partitions.find(({ state }) => state === 'stopped');
        if (stopped !== undefined) throw stopped.error;
        onProgress?.(applied);
        await sleep(LOOK_EVERY_MS);
      }
    };
    try {
      await projector.start();
      await caughtUp();
      await putInPlace(pool, LIVE_SCHEMA, fresh, async () => {
        await caughtUp();
        await projector.stop();
        await repeatRepairs(options, fresh);
      });
    } finally {
      await projector.stop();
    }
  });
}

/** Whether everything that is applied in one schema is applied in the other. */
async function hasAllOf(pool: Pool, live: string, fresh: string): Promise<boolean> {
  const { rows } = await pool.query<{ missing: bigint }>(
    `select count(*) as missing from ${live}.kafka_partition as old
     left join ${fresh}.kafka_partition as new using (topic, partition)
     where coalesce(new.next_offset, 0) < old.next_offset`,
  );
  if (rows[0]?.missing !== 0n) return false;
  const ordered = await pool.query<{ both: boolean }>(
    'select to_regclass($1) is not null and to_regclass($2) is not null as both',
    [`${live}.checkpoint`, `${fresh}.checkpoint`],
  );
  if (ordered.rows[0]?.both !== true) return true;
  const { rowCount } = await pool.query(
    `select 1 from ${live}.checkpoint as old, ${fresh}.checkpoint as new where new.position >= old.position`,
  );
  return rowCount === 1;
}

/** A letter that lies aside again ends as it did before. One that does not was mended in the program. */
async function repeatRepairs(options: KafkaRebuildOptions, fresh: string): Promise<void> {
  const { pool } = options;
  const again = new Set((await readDeadLetters(pool, fresh)).map(({ id }) => id));
  const letters = new DeadLetters({ ...options, schema: fresh });
  try {
    for (const letter of await readDeadLetters(pool, LIVE_SCHEMA)) {
      if (again.has(letter.id)) await repeatRepair(letters, letter);
    }
  } finally {
    await letters.close();
  }
}

async function repeatRepair(letters: DeadLetters, { id, state, corrected, repairs }: DeadLetter): Promise<void> {
  const { by = '', reason = '' } = repairs.at(-1) ?? {};
  const again = { by, reason: `${reason} (repeated when the tables were built anew)` };
  if (corrected !== undefined) await letters.correct(id, corrected, again);
  if (state === 'handled') await letters.handle(id, again);
  if (state === 'replayed') await letters.replay(id, again);
}
