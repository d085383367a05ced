import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { type AsyncBuffer, type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { HASH_BYTES } from '../tree/merkle-hash.js';
import { ArchiveRows, type ColumnValues } from './archive-rows.js';
import { type ArchiveRow, COLUMNS } from './columns.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';

/** The largest row group that is unpacked: an altered file must not fill the memory. */
const MOST_UNPACKED_BYTES = 1 << 30;

/** One Parquet file of an archive and its leaf hashes, read part by part: each part's bytes are read once. */
export class SegmentReader {
  private metadata: FileMetaData | undefined;

  private constructor(
    private readonly segment: ArchiveSegment,
    private readonly file: FileHandle,
    private readonly leafFile: FileHandle,
  ) {}

  static async open(folder: string, segment: ArchiveSegment): Promise<SegmentReader> {
    const file = await open(join(folder, segment.file), 'r');
    try {
      return new SegmentReader(segment, file, await open(join(folder, segment.leaves.file), 'r'));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.file.close();
    await this.leafFile.close();
  }

  async fileBytes(): Promise<number> {
    return (await this.file.stat()).size;
  }

  async leafBytes(): Promise<number> {
    return (await this.leafFile.stat()).size;
  }

  partBytes(part: ArchivePart): Promise<Buffer> {
    return read(this.file, this.offsetOf(part), part.bytes);
  }

  footerBytes(): Promise<Buffer> {
    return read(this.file, this.offsetOf(undefined), this.segment.footer.bytes);
  }

  /** The stored leaf hashes of `count` events from an index on, one after the other. */
  leafHashes(firstIndex: number, count: number): Promise<Buffer> {
    return read(this.leafFile, (firstIndex - this.segment.firstIndex) * HASH_BYTES, count * HASH_BYTES);
  }

  /** Decodes a part. `bytes` are what `partBytes` gave, so that what is examined is what is decoded. */
  async rows(part: ArchivePart, bytes: Buffer): Promise<ArchiveRows> {
    const metadata = await this.fileMetadata();
    const place = this.segment.parts.indexOf(part);
    const groups = metadata.row_groups;
    if (groups.length !== this.segment.parts.length) {
      throw new Error(`the file names ${groups.length} row groups instead of ${this.segment.parts.length}`);
    }
    const rowStart = groups.slice(0, place).reduce((sum, group) => sum + Number(group.num_rows), 0);
    const columns = await readColumns(metadata, this.window(part, bytes), rowStart, Number(groups[place]?.num_rows));
    return new ArchiveRows(columns, part.events);
  }

  private async fileMetadata(): Promise<FileMetaData> {
    this.metadata ??= parquetMetadata(asArrayBuffer(await this.footerBytes()));
    return this.metadata;
  }

  /** The file as the Parquet reader sees it: this part only. */
  private window(part: ArchivePart, bytes: Buffer): AsyncBuffer {
    const offset = this.offsetOf(part);
    return {
      byteLength: this.offsetOf(undefined) + this.segment.footer.bytes,
      slice: (start: number, end = start) => {
        if (start < offset || end > offset + bytes.byteLength || end < start) {
          throw new Error(`the file names bytes ${start} to ${end}, which belong to another part`);
        }
        return asArrayBuffer(bytes.subarray(start - offset, end - offset));
      },
    };
  }

  /** Where the part begins; the footer, without one. */
  private offsetOf(part: ArchivePart | undefined): number {
    const before =
      part === undefined ? this.segment.parts : this.segment.parts.slice(0, this.segment.parts.indexOf(part));
    return before.reduce((sum, each) => sum + each.bytes, 0);
  }
}

/** All rows of a Parquet file by its own footer, whatever a manifest says. For files that were changed. */
export async function rowsOfFile(bytes: Buffer): Promise<ArchiveRow[]> {
  const whole = asArrayBuffer(bytes);
  const metadata = parquetMetadata(whole);
  const file = { byteLength: whole.byteLength, slice: (start: number, end?: number) => whole.slice(start, end) };
  const rows = Number(metadata.num_rows);
  return new ArchiveRows(await readColumns(metadata, file, 0, rows), rows).all();
}

async function readColumns(
  metadata: FileMetaData,
  file: AsyncBuffer,
  rowStart: number,
  rows: number,
): Promise<ColumnValues> {
  const columns = new Map<string, unknown[]>(COLUMNS.map(({ name }) => [name, []]));
  await parquetRead({
    ...{ file, metadata, rowStart, rowEnd: rowStart + rows, geoparquet: false },
    compressors: {
      ZSTD: (input, outputLength) => {
        if (outputLength > MOST_UNPACKED_BYTES) throw new Error(`a page claims ${outputLength} bytes unpacked`);
        return zstdDecompressSync(input, { maxOutputLength: Math.max(outputLength, 1) });
      },
    },
    onChunk: ({ columnName, columnData }) => {
      const column = columns.get(columnName);
      if (column === undefined) throw new Error(`the file has an unknown column ${columnName}`);
      for (const value of columnData) column.push(value);
    },
  });
  return columns;
}

/** Exactly these bytes of the file; fewer where it ends before. */
async function read(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function asArrayBuffer(bytes: Buffer): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
