import { join } from 'node:path';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@provident/projections/embedded-postgres';
import type { Pool } from 'pg';
import { newDataFolder, removeDataFolder } from './data-folder.js';

/** A real server on a folder of its own, which can be killed and started again on its data. */
export class TestPostgres {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedPostgres,
    readonly pool: Pool,
  ) {}

  static async open(): Promise<TestPostgres> {
    const folder = newDataFolder();
    const server = await startEmbeddedPostgres(join(folder, 'postgres'));
    return new TestPostgres(folder, server, createPool(server.url, LIVE_SCHEMA, 20));
  }

  get url(): string {
    return this.server.url;
  }

  /** Kills it, as a crash would. */
  kill(): void {
    process.kill(this.server.pid, 'SIGKILL');
  }

  async startAgain(): Promise<void> {
    this.server = await startEmbeddedPostgres(join(this.folder, 'postgres'));
  }

  /** Drops every read side, between two tests. */
  async empty(): Promise<void> {
    for (const suffix of ['', '_rebuild', '_retired', '_alone']) {
      await this.pool.query(`drop schema if exists ${LIVE_SCHEMA}${suffix} cascade`);
    }
  }

  async remove(): Promise<void> {
    await this.pool.end();
    await this.server.stop();
    removeDataFolder(this.folder);
  }
}
