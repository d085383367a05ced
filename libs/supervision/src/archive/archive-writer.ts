import type { RecordedEvent } from '@provident/kernel';
import type { CheckpointEvent } from '../checkpoints/events.js';
import { recordParts, recordText } from '../tree/canonical-record.js';
import { leafHash } from '../tree/merkle-hash.js';
import { COLUMN_LIST } from './columns.js';
import { EventTypes, type SchemaOf, versionOf } from './event-types.js';
import { ARCHIVE_FORMAT, type ArchiveSegment, CANONICALISATION, type Manifest, sealed } from './manifest.js';
import { Peaks } from './peaks.js';
import { SegmentWriter } from './segment-writer.js';

type Signed = Extract<CheckpointEvent, { type: 'CheckpointSigned' }>;

/** How an archive is cut. Smaller parts name a damaged byte's place closer and cost size. */
export interface ArchiveSizes {
  /** Events in one row group: what a reader holds in memory. */
  readonly groupEvents: number;
  /** Events in one Parquet file. */
  readonly segmentEvents: number;
}

const SIZES: ArchiveSizes = { groupEvents: 16_384, segmentEvents: 1_048_576 };

export interface ArchiveWriterOptions {
  readonly folder: string;
  /** The tree of all events before the archive's first. */
  readonly before: Peaks;
  readonly schemaOf?: SchemaOf | undefined;
  readonly sizes?: ArchiveSizes | undefined;
}

interface Ends {
  readonly first: RecordedEvent;
  last: RecordedEvent;
}

/** Puts events, in log order, into the files of an archive, and tells what its manifest says of them. */
export class ArchiveWriter {
  private readonly sizes: ArchiveSizes;
  private readonly tree: Peaks;
  private readonly peaksBefore: readonly string[];
  private readonly firstIndex: number;
  private readonly segments: ArchiveSegment[] = [];
  private readonly checkpoints: string[] = [];
  private readonly types: EventTypes;
  private segment: SegmentWriter | undefined;
  private ends: Ends | undefined;

  constructor(private readonly options: ArchiveWriterOptions) {
    const { before, schemaOf, sizes = SIZES } = options;
    this.sizes = sizes;
    this.peaksBefore = hexes(before);
    this.firstIndex = before.size;
    this.tree = Peaks.of(before.size, before.hashes);
    this.types = new EventTypes(schemaOf);
  }

  /** Events taken so far. */
  get events(): number {
    return this.tree.size - this.firstIndex;
  }

  get size(): number {
    return this.tree.size;
  }

  root(): Buffer {
    return this.tree.root();
  }

  /** Takes the next event; its leaf hash. */
  async add(event: RecordedEvent): Promise<Buffer> {
    const parts = recordParts(event);
    const leaf = leafHash(recordText(parts));
    this.segment ??= await SegmentWriter.open(this.options.folder, this.tree.size, this.sizes.groupEvents);
    await this.segment.add({ ...parts, index: BigInt(this.tree.size), position: event.position }, leaf);
    this.tree.append(leaf);
    this.types.count(event.type, versionOf(event.metadata));
    this.ends ??= { first: event, last: event };
    this.ends.last = event;
    if (isCheckpoint(event)) this.checkpoints.push(event.data.note);
    if (this.segment.events === this.sizes.segmentEvents) await this.endSegment();
    return leaf;
  }

  /** Ends the files; the manifest of what was taken, or `undefined` for no event at all. */
  async finish(): Promise<Manifest | undefined> {
    await this.endSegment();
    if (this.ends === undefined) return undefined;
    const { first, last } = this.ends;
    return sealed({
      format: ARCHIVE_FORMAT,
      canonicalisation: CANONICALISATION,
      range: {
        ...{ firstIndex: this.firstIndex, events: this.events },
        ...{ firstPosition: String(first.position), lastPosition: String(last.position) },
        ...{ firstRecordedAt: first.recordedAt.toISOString(), lastRecordedAt: last.recordedAt.toISOString() },
      },
      tree: {
        peaksBefore: [...this.peaksBefore],
        peaks: hexes(this.tree),
        size: this.tree.size,
        root: this.tree.root().toString('hex'),
      },
      checkpoints: this.checkpoints,
      segments: this.segments,
      columns: COLUMN_LIST,
      eventTypes: this.types.list(),
    });
  }

  /** Closes what is open, after a failure. */
  async abandon(): Promise<void> {
    await this.segment?.close();
  }

  private async endSegment(): Promise<void> {
    if (this.segment === undefined) return;
    this.segments.push(await this.segment.finish());
    this.segment = undefined;
  }
}

/** Checkpoints are events of the log that they are of. */
function isCheckpoint(event: RecordedEvent): event is RecordedEvent<Signed> {
  return event.type === ('CheckpointSigned' satisfies Signed['type']);
}

function hexes(peaks: Peaks): string[] {
  return peaks.hashes.map((hash) => hash.toString('hex'));
}
