import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, invariant } from '@provident/kernel';
import { createPool } from '@provident/projections/database';
import { inTransaction } from '@provident/projections/transaction';
import type { Pool } from 'pg';
import { LIMITS } from '../limits.js';
import type { Tile, TilePlace } from './tiles.js';

/** Schema of the tree: beside the read side's, so that a rebuild of the one does not touch the other. */
const TREE_SCHEMA = 'transparency';

/** How far the log stands in the tree. */
export interface TreeProgress {
  /** Leaves: the events of the log from its beginning. */
  readonly size: number;
  /** Log position of the last of them, -1 before the first. */
  readonly position: bigint;
  /** Leaves up to the last one that is not supervision's own event: what a further checkpoint would be for. */
  readonly businessSize: number;
  /** Leaves up to the last one that closes a period of the books. */
  readonly closingSize: number;
}

/** The tree before the first leaf. */
export const EMPTY_TREE: TreeProgress = { size: 0, position: -1n, businessSize: 0, closingSize: 0 };

/** What one batch adds. */
export interface TreeStep {
  readonly from: TreeProgress;
  readonly to: TreeProgress;
  readonly tiles: readonly Tile[];
  /** Log positions of the new leaves, in order. */
  readonly positions: readonly bigint[];
}

/** Another process has added to the tree meanwhile. */
export class TreeMoved extends Error {
  override readonly name = 'TreeMoved';
}

const TABLES = `
  create schema if not exists ${TREE_SCHEMA};
  create table if not exists ${TREE_SCHEMA}.tile (
    level smallint, n bigint, hashes bytea not null, primary key (level, n));
  alter table ${TREE_SCHEMA}.tile alter column hashes set storage external;
  create table if not exists ${TREE_SCHEMA}.leaf (
    leaf bigint primary key, position bigint not null unique);
  create table if not exists ${TREE_SCHEMA}.progress (
    single boolean primary key default true check (single),
    size bigint not null, position bigint not null, business_size bigint not null, closing_size bigint not null);
  insert into ${TREE_SCHEMA}.progress values (true, 0, -1, 0, 0) on conflict do nothing;`;

/** One statement, and so one transaction and one way to the server: nothing is written where the progress is another. */
const WRITE_STEP = `
  with step as (
    update progress set size = $3, position = $4, business_size = $5, closing_size = $6
    where size = $1 and position = $2 returning size),
  tiles as (
    insert into tile (level, n, hashes)
    select * from unnest($7::smallint[], $8::bigint[], $9::bytea[]) where exists (select from step)
    on conflict (level, n) do update set hashes = excluded.hashes)
  insert into leaf (leaf, position)
  select $1::bigint + number - 1, position from unnest($10::bigint[]) with ordinality as each (position, number)
  where exists (select from step)`;

/**
 * The tree in PostgreSQL: the tiles of C2SP tlog-tiles, and where in the log each leaf stands. A batch of leaves goes in whole, with
 * the progress, in one transaction that refuses to continue any tree but the one it was made for: a process may be killed at
 * any point, and two that both believe to lead do no harm. All of it follows from the log, and `clear` lets it be made anew.
 */
export class TreeStore {
  private prepared: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  static open(url: string): TreeStore {
    return new TreeStore(createPool(url, TREE_SCHEMA, 4));
  }

  async progress(): Promise<TreeProgress> {
    const pool = await this.ready();
    return progressOf(pool);
  }

  /** Waits until the event at a log position is a leaf, whichever process makes it one. Throws `tree-behind`. */
  async waitFor(position: bigint, limitMs: number): Promise<void> {
    for (const end = performance.now() + limitMs; ; ) {
      const { position: reached } = await this.progress();
      if (reached >= position) return;
      if (performance.now() > end) throw treeBehind(reached, position);
      await sleep(LIMITS.treePollMs);
    }
  }

  /** The tiles asked for, in any order. */
  async tiles(places: readonly TilePlace[]): Promise<Tile[]> {
    const pool = await this.ready();
    const { rows } = await pool.query<{ level: number; n: bigint; hashes: Buffer }>(
      `select level, n, hashes from tile where (level, n) in (select * from unnest($1::smallint[], $2::bigint[]))`,
      [places.map(({ level }) => level), places.map(({ n }) => n)],
    );
    return rows.map(({ level, n, hashes }) => ({ level, n: Number(n), hashes }));
  }

  /** The leaf of the event at a log position; `undefined` when the tree has none. */
  async leafAt(position: bigint): Promise<number | undefined> {
    const pool = await this.ready();
    const { rows } = await pool.query<{ leaf: bigint }>('select leaf from leaf where position = $1', [position]);
    return rows[0] === undefined ? undefined : Number(rows[0].leaf);
  }

  /** The log position of a leaf's event. */
  async positionOf(leaf: number): Promise<bigint | undefined> {
    const pool = await this.ready();
    const { rows } = await pool.query<{ position: bigint }>('select position from leaf where leaf = $1', [leaf]);
    return rows[0]?.position;
  }

  /** Throws `TreeMoved`, having written nothing, when the tree is not the one that the step continues. */
  async write({ from, to, tiles, positions }: TreeStep): Promise<void> {
    const pool = await this.ready();
    invariant(to.size - from.size === positions.length && positions.length > 0, 'every new leaf has its event');
    const written = await pool.query(WRITE_STEP, [
      ...[from.size, from.position, to.size, to.position, to.businessSize, to.closingSize],
      ...[tiles.map(({ level }) => level), tiles.map(({ n }) => n), tiles.map(({ hashes }) => hashes), positions],
    ]);
    if (written.rowCount === positions.length) return;
    throw new TreeMoved(`The tree has ${(await progressOf(pool)).size} leaves; expected ${from.size}.`);
  }

  /** Forgets the tree, so that it is built anew from the log. */
  async clear(): Promise<void> {
    const pool = await this.ready();
    await inTransaction(pool, async (client) => {
      await client.query('truncate tile, leaf');
      await client.query('update progress set size = 0, position = -1, business_size = 0, closing_size = 0');
    });
  }

  /**
   * Takes the lead over a log's tree, if nobody has it: of several processes one follows and signs. The lead is lost with
   * the connection; `release` gives it back.
   */
  async tryLead(onLost: () => void): Promise<{ release: () => void } | undefined> {
    const pool = await this.ready();
    const client = await pool.connect();
    const lost = (): void => onLost();
    client.on('error', lost);
    client.on('end', lost);
    const giveUp = (broken: boolean): void => {
      client.off('error', lost).off('end', lost);
      client.release(broken);
    };
    try {
      const { rows } = await client.query<{ leads: boolean }>(
        `select pg_try_advisory_lock(hashtextextended('provident.transparency', 0)) as leads`,
      );
      if (rows[0]?.leads === true) return { release: () => giveUp(true) };
    } catch (error) {
      giveUp(true);
      throw error;
    }
    giveUp(false);
    return undefined;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** The tables are made at first use: a process that only reads may come first. */
  private async ready(): Promise<Pool> {
    this.prepared ??= inTransaction(this.pool, async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtextextended('provident.transparency.tables', 0))`);
      await client.query(TABLES);
    }).catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    await this.prepared;
    return this.pool;
  }
}

async function progressOf(database: Pool): Promise<TreeProgress> {
  const { rows } = await database.query<Record<'size' | 'position' | 'business_size' | 'closing_size', bigint>>(
    `select size, position, business_size, closing_size from progress`,
  );
  const [row] = rows;
  invariant(row !== undefined, 'the tree has its progress');
  const { size, position, business_size: business, closing_size: closing } = row;
  return { size: Number(size), position, businessSize: Number(business), closingSize: Number(closing) };
}

/** The log does not go on where the tree ended: it was changed, or is another one. */
export function logDiverged(message: string, position: bigint): DomainError {
  return new DomainError(
    'log-diverged',
    message,
    'The log only grows: what became a leaf of the tree stays as it is, in its place.',
    'Compare the log with an archive (ledgerctl fsck). Only if the log was lawfully restored from a backup and nothing was signed since: ledgerctl checkpoint rebuild-tree.',
    { position: position.toString() },
  );
}

function treeBehind(reached: bigint, position: bigint): DomainError {
  return new DomainError(
    'tree-behind',
    `The tree is at log position ${reached} and not at ${position} yet.`,
    'What was just written becomes a leaf in a moment, while a supervisor or an office runs.',
    'See whether one runs and what it logs.',
    { reached: reached.toString(), position: position.toString() },
  );
}
