import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECTIONS } from '@provident/assembly';
import type { EventSource } from '@provident/event-store';
import type { ReadDatabase } from '@provident/projections';
import { createReadOnlyPool, LIVE_SCHEMA } from '@provident/projections/database';
import { Projector } from '@provident/projections/projector';
import { testDatabase } from '@provident/projections/testing/test-database';
import { ArchiveSource, exportArchive, type ReplayReport, runReplay } from '@provident/supervision';
import fc from 'fast-check';
import { Agency } from '../support/agency.js';
import type { MemoryStore } from '../support/memory-store.js';
import { moves } from '../support/moves.js';

let production: ReadDatabase;
let log: MemoryStore;
let folder: string;
let archive: EventSource;

beforeAll(async () => {
  production = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'provident-replay-spec-'));
  const played = fc.sample(moves, { numRuns: 12, seed: 7 }).flat();
  ({ log } = (await Agency.play(played)).ledger);
  await new Projector({ pool: production.pool, source: log, projections: PROJECTIONS }).catchUp();
  await exportArchive({ folder: join(folder, 'archive'), source: log });
  archive = await ArchiveSource.open(join(folder, 'archive'));
});
afterAll(async () => {
  await production.close();
  rmSync(folder, { recursive: true, force: true });
});

type More = Partial<Parameters<typeof runReplay>[0]>;

/** In production's own server, where the replay's schema is another. */
function replay(source: EventSource, more: More = {}): Promise<ReplayReport> {
  return runReplay({ source, projections: PROJECTIONS, databaseUrl: production.url, ...more });
}

const comparing = (url = production.url): More => ({ production: { url, log } });

/** Runs the work against production with one row changed, and puts the row back. */
async function withChange<Result>(change: string, back: string, work: () => Promise<Result>): Promise<Result> {
  const { rowCount } = await production.pool.query(change);
  expect(rowCount).toBe(1);
  try {
    return await work();
  } finally {
    await production.pool.query(back);
  }
}

describe('a replay', () => {
  it('gives one digest from the live log and from the archive, each time', async () => {
    const reports = [await replay(log), await replay(archive), await replay(log), await replay(archive)];
    const [first] = reports;
    expect(first?.digest.events).toBe(BigInt(log.events.length));
    expect(first?.digest.events).toBeGreaterThan(200n);
    expect(new Set(reports.map(({ digest }) => digest.sha256)).size).toBe(1);
    expect(new Set(reports.map(({ digest }) => JSON.stringify(digest.tables))).size).toBe(1);
  });

  it('needs no database of anybody’s: a server of its own gives the same digest', async () => {
    const progress: string[] = [];
    const { digest, eventsPerSecond } = await runReplay({
      ...{ source: archive, projections: PROJECTIONS },
      onProgress: ({ phase }) => progress.push(phase),
    });
    expect(digest.sha256).toBe((await replay(log)).digest.sha256);
    expect(eventsPerSecond).toBeGreaterThan(0);
    expect(new Set(progress)).toEqual(new Set(['replay', 'digest']));
  });

  it('agrees with production on every table, and leaves nothing behind', async () => {
    const { comparison } = await replay(archive, comparing());
    expect(comparison).toMatchObject({ same: true, tables: [], notCompared: [], continued: 0n });
    const left = await production.pool.query(`select 1 from pg_namespace where nspname = 'provident_replay'`);
    expect(left.rowCount).toBe(0);
  });

  it('names table, account and event of what production shows otherwise', async () => {
    const { rows } = await production.pool.query<{ position: bigint; fund: string; account: string }>(
      'select position, fund, account from fund_line order by position limit 1',
    );
    const line = rows[0] as (typeof rows)[0];
    const where = `where position = ${line.position} and line = 0`;
    const { comparison } = await withChange(
      `update fund_line set debit_fen = debit_fen + 1 ${where}`,
      `update fund_line set debit_fen = debit_fen - 1 ${where}`,
      () => replay(log, comparing()),
    );
    expect(comparison?.same).toBe(false);
    expect(comparison?.tables).toMatchObject([
      {
        table: 'fund_line',
        differing: 1,
        differences: [
          {
            kind: 'different',
            key: { position: String(line.position), line: '0' },
            account: expect.stringContaining(`${line.fund} ${line.account}`),
            events: [String(line.position)],
            columns: [{ column: 'debit_fen' }],
          },
        ],
      },
    ]);
  });

  it('names the events that a person’s balance is made of', async () => {
    const { rows } = await production.pool.query<{ person_id: string }>(
      'select person_id::text from account_balance order by movements desc, person_id limit 1',
    );
    const person = rows[0]?.person_id ?? '';
    const entries = await production.pool.query<{ text: string }>(
      'select position::text as text from account_entry where person_id = $1 order by position limit 20',
      [person],
    );
    const { comparison } = await withChange(
      `update account_balance set principal_fen = principal_fen - 100 where person_id = '${person}'`,
      `update account_balance set principal_fen = principal_fen + 100 where person_id = '${person}'`,
      () => replay(archive, comparing()),
    );
    expect(comparison?.tables).toMatchObject([
      {
        table: 'account_balance',
        differences: [{ account: `personal account ${person}`, events: entries.rows.map(({ text }) => text) }],
      },
    ]);
  });

  it('tells a row that production lost from one that no event made', async () => {
    const { pool } = production;
    await pool.query(`create table lost as select * from fund_voucher order by position desc limit 1`);
    await pool.query('delete from fund_voucher where position = (select position from lost)');
    await pool.query(`insert into fund_voucher select position + 1, fund, templates, total_fen, effective_date, recorded_at,
      event_type, event_id, stream, party, area, entered_by, reviewed_by, approved_by from lost`);
    const { comparison } = await replay(log, comparing());
    const position = (await pool.query<{ position: bigint }>('select position from lost')).rows[0]?.position ?? 0n;
    await pool.query('delete from fund_voucher where position = (select position + 1 from lost)');
    await pool.query('insert into fund_voucher select * from lost; drop table lost');
    const [table] = comparison?.tables ?? [];
    expect(table?.differences.map(({ kind, events }) => [kind, events])).toEqual([
      ['missing', [String(position)]],
      ['unexpected', [String(position + 1n)]],
    ]);
  });

  it('that ends early is compared where rows belong to events', async () => {
    const middle = log.events[Math.floor(log.events.length / 2)]?.position ?? 0n;
    const { digest, comparison } = await replay(archive, { to: middle, ...comparing() });
    expect(digest.position).toBe(middle);
    expect(comparison).toMatchObject({ same: true, tables: [] });
    expect(comparison?.notCompared).toContain('account_turnover');
    expect(comparison?.notCompared).not.toContain('fund_line');
    const again = await replay(log, { to: middle });
    expect(again.digest.sha256).toBe(digest.sha256);
  });

  it('of an older archive goes on with the live log, to compare at one place', async () => {
    const end = log.events.at(-20)?.position;
    await exportArchive({ folder: join(folder, 'older'), source: log, to: end });
    const { comparison } = await replay(await ArchiveSource.open(join(folder, 'older')), comparing());
    expect(comparison).toMatchObject({ same: true, continued: 19n });
  });

  it('refuses an archive that does not begin with the log', async () => {
    await exportArchive({ folder: join(folder, 'part'), source: log, from: log.events[10]?.position });
    const part = replay(await ArchiveSource.open(join(folder, 'part')));
    await expect(part).rejects.toMatchObject({ code: 'archive-not-whole' });
  });
});

describe('towards production', () => {
  it('a replay needs nothing but the right to read', async () => {
    const { pool } = production;
    await pool.query(`create role auditor login; grant usage on schema ${LIVE_SCHEMA} to auditor;
      grant select on all tables in schema ${LIVE_SCHEMA} to auditor`);
    const url = production.url.replace(/\/\/[^@/]*@/, '//auditor@').replace(/([?&])user=[^&]*/, '$1user=auditor');
    const asAuditor = createReadOnlyPool(url, LIVE_SCHEMA, 1);
    try {
      const { rows } = await asAuditor.query<{ current_user: string }>('select current_user');
      expect(rows).toEqual([{ current_user: 'auditor' }]);
    } finally {
      await asAuditor.end();
    }
    const { comparison } = await replay(log, comparing(url));
    expect(comparison?.same).toBe(true);
  });

  it('its connections are refused every write by the server', async () => {
    const readOnly = createReadOnlyPool(production.url, LIVE_SCHEMA, 1);
    try {
      for (const statement of ['update checkpoint set events = 0', 'create table x (y int)', 'drop table fund_line']) {
        await expect(readOnly.query(statement)).rejects.toMatchObject({ code: '25006' });
      }
    } finally {
      await readOnly.end();
    }
  });
});
