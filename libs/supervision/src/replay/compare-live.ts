import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store/event-source';
import { DomainError } from '@provident/kernel';
import type { Projection, TableDefinition } from '@provident/projections';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { createReadOnlyPool, LIVE_SCHEMA } from '@provident/projections/database';
import { digestWithin, type SchemaDigest } from '@provident/projections/digest';
import { SNAPSHOT } from '@provident/projections/transaction';
import type { Pool, PoolClient } from 'pg';
import { compareTable, type Side } from './differences.js';
import { REPLAY_SCHEMA, type Replay } from './replay.js';
import { type NamedDifference, named } from './whose-figure.js';

/** Production, as a replay sees it: its tables and its log, both to be read only. */
export interface Production {
  readonly url: string;
  readonly log: EventSource;
}

export interface LiveComparison {
  /** The position that both sides were compared at. */
  readonly position: bigint;
  /** Events behind the replay's own end that production's tables show already; they came from its log. */
  readonly continued: bigint;
  /** No difference in what was compared. */
  readonly same: boolean;
  readonly tables: readonly {
    readonly table: string;
    readonly differing: number;
    readonly differences: readonly NamedDifference[];
  }[];
  /** Tables of sums, where the replay ended before production's position: they show later events as well. */
  readonly notCompared: readonly string[];
}

/** Differences that are named in each table. */
const MOST_NAMED = 100;
const POLL_MS = 100;
/** Longest wait for production's tables to show what the replay has seen. */
const WAIT_LIMIT_MS = 60_000;

/**
 * Holds every table of the replay against production's, from one view of production that changes nothing there. A replay
 * that ends early (`upTo`) is compared row by row where rows belong to events. Throws `read-side-behind`.
 */
export async function compareWithLive(
  replay: Replay,
  own: Pool,
  projections: readonly Projection[],
  production: Production,
  endsEarly: boolean,
): Promise<LiveComparison> {
  const pool = createReadOnlyPool(production.url, LIVE_SCHEMA, 2);
  try {
    await untilApplied(pool, replay.position);
    const live = await pool.connect();
    try {
      await live.query(SNAPSHOT);
      const shown = await digestWithin(live, projections, LIVE_SCHEMA);
      const partly = endsEarly && shown.position > replay.position;
      const continued = partly ? 0n : await replay.continueTo(production.log, shown.position);
      replay.report('compare');
      const tables = projections.flatMap((each) => each.tables);
      const compared = tables.filter((table) => !partly || isByEvent(table));
      const found = await inSnapshot(own, (client) =>
        partly
          ? differencesOf(compared, live, client, replay.position)
          : differencesOfDiffering(compared, projections, live, client, shown),
      );
      return {
        ...{ position: replay.position, continued, same: found.length === 0, tables: found },
        notCompared: tables.filter((table) => !compared.includes(table)).map(({ name }) => name),
      };
    } finally {
      live.release(true);
    }
  } finally {
    await pool.end();
  }
}

/** A table whose rows each belong to one event and never change. */
function isByEvent({ kind, columns }: TableDefinition): boolean {
  return kind === 'append' && 'position' in columns;
}

async function untilApplied(pool: Pool, position: bigint): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const applied = await appliedUpTo(pool, LIVE_SCHEMA);
    if (applied.position >= position) return;
    if (performance.now() - startedAt < WAIT_LIMIT_MS) {
      await sleep(POLL_MS);
      continue;
    }
    throw new DomainError(
      'read-side-behind',
      `Production's tables show the log up to position ${applied.position}; the replay is at ${position}.`,
      'Both sides are compared at the same place of the log.',
      'See that the projector runs, or replay up to a position that production shows (--to).',
    );
  }
}

function inSnapshot<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return pool.connect().then(async (client) => {
    try {
      await client.query(SNAPSHOT);
      return await work(client);
    } finally {
      client.release(true);
    }
  });
}

/** Only tables whose digests differ are walked through. */
async function differencesOfDiffering(
  tables: readonly TableDefinition[],
  projections: readonly Projection[],
  live: PoolClient,
  own: PoolClient,
  shown: SchemaDigest,
): Promise<LiveComparison['tables']> {
  const digests = await digestWithin(own, projections, REPLAY_SCHEMA);
  const replayed = new Map(digests.tables.map(({ table, sha256 }) => [table, sha256]));
  const digestOf = new Map(shown.tables.map(({ table, sha256 }) => [table, sha256]));
  const differing = tables.filter(({ name }) => replayed.get(name) !== digestOf.get(name));
  return differencesOf(differing, live, own, undefined);
}

async function differencesOf(
  tables: readonly TableDefinition[],
  live: PoolClient,
  own: PoolClient,
  upTo: bigint | undefined,
): Promise<LiveComparison['tables']> {
  const sides: [Side, Side] = [
    { client: live, schema: LIVE_SCHEMA },
    { client: own, schema: REPLAY_SCHEMA },
  ];
  const found: LiveComparison['tables'][number][] = [];
  for (const table of tables) {
    const { differing, differences } = await compareTable(table, ...sides, { upTo, most: MOST_NAMED });
    if (differing === 0) continue;
    const names: NamedDifference[] = [];
    for (const difference of differences) names.push(await named(own, difference));
    found.push({ table: table.name, differing, differences: names });
  }
  return found;
}
