import { createHash, hash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { invariant } from '@provident/kernel';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type ArchiveRow, columnData, PARQUET_SCHEMA } from './columns.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';
import { Peaks } from './peaks.js';

/** The writer's bytes, handed out group by group so that memory does not grow with the file. */
class GroupBytes extends ByteWriter {
  take(): Buffer {
    const bytes = Buffer.from(this.getBytes());
    this.index = 0;
    return bytes;
  }
}

/** Writes one Parquet file of the archive and, beside it, the leaf hashes of its events. The same events give the same bytes. */
export class SegmentWriter {
  private readonly bytes = new GroupBytes();
  private readonly parquet = new ParquetWriter({
    writer: this.bytes,
    schema: PARQUET_SCHEMA,
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'provident',
  });
  private readonly leafDigest: Hash = createHash('sha256');
  private readonly parts: ArchivePart[] = [];
  private rows: ArchiveRow[] = [];
  private leaves: Buffer[] = [];
  private written = 0;

  private constructor(
    private readonly firstIndex: number,
    private readonly groupEvents: number,
    private readonly file: FileHandle,
    private readonly leafFile: FileHandle,
  ) {}

  static async open(folder: string, firstIndex: number, groupEvents: number): Promise<SegmentWriter> {
    const name = join(folder, segmentName(firstIndex));
    const [file, leafFile] = [await open(`${name}.parquet`, 'wx'), await open(`${name}.leaves`, 'wx')];
    return new SegmentWriter(firstIndex, groupEvents, file, leafFile);
  }

  get events(): number {
    return this.written + this.rows.length;
  }

  async add(row: ArchiveRow, leaf: Buffer): Promise<void> {
    this.rows.push(row);
    this.leaves.push(leaf);
    if (this.rows.length === this.groupEvents) await this.writeGroup();
  }

  /** Ends the files and has the disk take them. */
  async finish(): Promise<ArchiveSegment> {
    if (this.rows.length > 0) await this.writeGroup();
    await this.parquet.finish();
    const footer = this.bytes.take();
    await this.file.appendFile(footer);
    await this.close(true);
    const name = segmentName(this.firstIndex);
    return {
      file: `${name}.parquet`,
      firstIndex: this.firstIndex,
      events: this.written,
      parts: this.parts,
      footer: { bytes: footer.byteLength, sha256: hash('sha256', footer) },
      leaves: { file: `${name}.leaves`, sha256: this.leafDigest.digest('hex') },
    };
  }

  /** Closes the files as they are. */
  async close(toDisk = false): Promise<void> {
    for (const file of [this.file, this.leafFile]) {
      if (toDisk) await file.sync();
      await file.close();
    }
  }

  private async writeGroup(): Promise<void> {
    const { rows, leaves } = this;
    await this.parquet.write({ columnData: columnData(rows), rowGroupSize: rows.length });
    const bytes = this.bytes.take();
    const tree = new Peaks();
    for (const leaf of leaves) tree.append(leaf);
    const [first, last] = [rows[0], rows.at(-1)];
    invariant(first !== undefined && last !== undefined, 'a row group has rows');
    this.parts.push({
      ...{ firstIndex: Number(first.index), events: rows.length },
      ...{ firstPosition: String(first.position), lastPosition: String(last.position) },
      ...{ bytes: bytes.byteLength, sha256: hash('sha256', bytes), root: tree.root().toString('hex') },
    });
    const hashes = Buffer.concat(leaves);
    this.leafDigest.update(hashes);
    await this.file.appendFile(bytes);
    await this.leafFile.appendFile(hashes);
    this.written += rows.length;
    this.rows = [];
    this.leaves = [];
  }
}

function segmentName(firstIndex: number): string {
  return `events-${String(firstIndex).padStart(12, '0')}`;
}
