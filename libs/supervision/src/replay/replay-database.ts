import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@provident/projections/database';
import { startEmbeddedPostgres } from '@provident/projections/embedded-postgres';
import { dropSchema } from '@provident/projections/rebuild';
import type { Pool } from 'pg';
import { REPLAY_SCHEMA } from './replay.js';

/** One connection writes a batch while another reads; a comparison takes one more. */
const CONNECTIONS = 4;

/** A database that a replay has to itself. */
export interface ReplayDatabase {
  readonly pool: Pool;
  /** Leaves nothing of the replay behind. */
  close(): Promise<void>;
}

/** A server of its own in a folder that goes away with it; or the named database, in the replay's own schema. */
export async function openReplayDatabase(url?: string): Promise<ReplayDatabase> {
  if (url !== undefined) {
    const pool = createPool(url, REPLAY_SCHEMA, CONNECTIONS);
    return {
      pool,
      async close() {
        await dropSchema(pool, REPLAY_SCHEMA).catch(() => undefined);
        await pool.end();
      },
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'provident-replay-'));
  try {
    await chmod(folder, 0o755); // The server may run as another user, who must get in.
    const server = await startEmbeddedPostgres(join(folder, 'postgres'));
    const pool = createPool(server.url, REPLAY_SCHEMA, CONNECTIONS);
    return {
      pool,
      async close() {
        await pool.end();
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
