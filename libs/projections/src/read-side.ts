import type { EventSource } from '@provident/event-store/event-source';
import type { Pool } from 'pg';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { LIVE_SCHEMA } from './database.js';
import { type SchemaDigest, type TableDigest, compare, digest } from './digest.js';
import type { Projection } from './projection.js';
import { type RebuildProgress, type RebuildReport, digestsLiveAndRebuilt, rebuild } from './rebuild.js';
import { type SchemaState, inspectSchema } from './schema.js';

/** What operators do with the read side as a whole. */
export class ReadSide {
  constructor(
    private readonly pool: Pool,
    private readonly source: EventSource,
    /** Everything that is projected. */
    readonly projections: readonly Projection[],
  ) {}

  /** Whether the tables are there and belong to these projections. */
  state(): Promise<SchemaState> {
    return inspectSchema(this.pool, LIVE_SCHEMA, this.projections);
  }

  checkpoint(): Promise<Checkpoint> {
    return readCheckpoint(this.pool, LIVE_SCHEMA);
  }

  /** Builds all tables anew beside the live ones and swaps; safe while the projector runs. */
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    return rebuild(this.options(onProgress));
  }

  digest(onTable?: (table: TableDigest) => void): Promise<SchemaDigest> {
    return digest(this.pool, this.projections, onTable === undefined ? {} : { onTable });
  }

  /** Rebuilds aside and compares: the names of tables that differ, empty when replay gives every figure again. */
  async compareWithRebuilt(
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<{ live: SchemaDigest; rebuilt: SchemaDigest; differing: readonly string[] }> {
    const digests = await digestsLiveAndRebuilt(this.options(onProgress));
    return { ...digests, differing: compare(digests.live, digests.rebuilt) };
  }

  private options(onProgress: ((progress: RebuildProgress) => void) | undefined) {
    return {
      ...{ pool: this.pool, source: this.source, projections: this.projections },
      ...(onProgress === undefined ? {} : { onProgress }),
    };
  }
}
