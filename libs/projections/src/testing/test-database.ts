import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ReadDatabase, openReadDatabase } from '../database.js';

/** A real server for one test file, on a folder of its own that goes away with it. */
export async function testDatabase(): Promise<ReadDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'provident-test-'));
  chmodSync(folder, 0o755); // The server may run as another user, who must get in.
  const database = await openReadDatabase({ folder: path.join(folder, 'postgres') });
  return {
    ...database,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Empties the database between tests. */
export async function dropEverything(database: ReadDatabase): Promise<void> {
  for (const suffix of ['', '_rebuild', '_retired']) {
    await database.pool.query(`drop schema if exists provident${suffix} cascade`);
  }
}
