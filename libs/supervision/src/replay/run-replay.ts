import type { EventSource } from '@provident/event-store/event-source';
import { DomainError } from '@provident/kernel';
import type { Projection } from '@provident/projections';
import { ArchiveSource } from '../archive/archive-source.js';
import type { LogPoint } from '../archive/log-range.js';
import { compareWithLive, type LiveComparison, type Production } from './compare-live.js';
import { Replay, type ReplayDigest, type ReplayProgress } from './replay.js';
import { openReplayDatabase } from './replay-database.js';

export interface ReplayRunOptions {
  /** The live log, or an archive. */
  readonly source: EventSource;
  readonly projections: readonly Projection[];
  readonly to?: LogPoint | undefined;
  /** Whose figures the replay's are held against; nobody's when absent. */
  readonly production?: Production | undefined;
  /** Address of a database for the replay; a server of its own when absent. */
  readonly databaseUrl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReplayProgress) => void) | undefined;
}

export interface ReplayReport {
  readonly digest: ReplayDigest;
  readonly eventsPerSecond: number;
  readonly comparison: LiveComparison | undefined;
}

/**
 * Computes every figure anew from the log, in a database of the replay's own, and compares with production's where asked.
 * Towards production it only reads. Throws `archive-not-whole` for an archive that begins behind the log's first event.
 */
export async function runReplay(options: ReplayRunOptions): Promise<ReplayReport> {
  const { source, projections, to, production, databaseUrl, signal, onProgress } = options;
  if (source instanceof ArchiveSource && !source.isFromStart) throw notWhole(source.manifest.range.firstIndex);
  const database = await openReplayDatabase(databaseUrl);
  try {
    const replay = new Replay({ source, projections, pool: database.pool, to, signal, onProgress });
    await replay.run();
    const digest = await replay.digest();
    const comparison =
      production === undefined
        ? undefined
        : await compareWithLive(replay, database.pool, projections, production, to !== undefined);
    return { digest, eventsPerSecond: replay.eventsPerSecond, comparison };
  } finally {
    await database.close();
  }
}

function notWhole(firstIndex: number): DomainError {
  return new DomainError(
    'archive-not-whole',
    `The archive begins at event ${firstIndex} of the log.`,
    'Figures are computed from the first event on: an opening balance is not taken on trust.',
    'Take an archive without --from, or put the earlier one before it by `ledgerctl mirror`.',
  );
}
