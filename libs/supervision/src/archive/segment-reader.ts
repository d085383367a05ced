import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { type AsyncBuffer, type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { HASH_BYTES } from '../tree/merkle-hash.js';
import type { RecordForm } from '../tree/canonical-record.js';
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
  async rows(part: ArchivePart, bytes: Buffer): Promise<ArchiveRow[]> {
    const metadata = await this.fileMetadata();
    const place = this.segment.parts.indexOf(part);
    const groups = metadata.row_groups;
    if (groups.length !== this.segment.parts.length) {
      throw new Error(`the file names ${groups.length} row groups instead of ${this.segment.parts.length}`);
    }
    const rowStart = groups.slice(0, place).reduce((sum, group) => sum + Number(group.num_rows), 0);
    const columns = await readColumns(metadata, this.window(part, bytes), rowStart, Number(groups[place]?.num_rows));
    return rowsOf(columns, part.events);
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
  return rowsOf(await readColumns(metadata, file, 0, Number(metadata.num_rows)), Number(metadata.num_rows));
}

type Columns = Readonly<Record<string, readonly unknown[]>>;

async function readColumns(
  metadata: FileMetaData,
  file: AsyncBuffer,
  rowStart: number,
  rows: number,
): Promise<Columns> {
  const columns: Record<string, unknown[]> = Object.fromEntries(COLUMNS.map(({ name }) => [name, []]));
  await parquetRead({
    ...{ file, metadata, rowStart, rowEnd: rowStart + rows, geoparquet: false },
    compressors: {
      ZSTD: (input, outputLength) => {
        if (outputLength > MOST_UNPACKED_BYTES) throw new Error(`a page claims ${outputLength} bytes unpacked`);
        return zstdDecompressSync(input, { maxOutputLength: Math.max(outputLength, 1) });
      },
    },
    onChunk: ({ columnName, columnData }) => {
      const column = columns[columnName];
      if (column === undefined) throw new Error(`the file has an unknown column ${columnName}`);
      for (const value of columnData) column.push(value);
    },
  });
  return columns;
}

const isInteger = (value: unknown): value is bigint => typeof value === 'bigint';
const isText = (value: unknown): value is string => typeof value === 'string';
const isOptionalText = (value: unknown): value is string | null | undefined => value == null || isText(value);
const isInstant = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());
const isForm = (value: unknown): value is RecordForm => value === 'json' || value === 'base64' || value === 'text';

/** Rows out of columns; throws where a column is too short or holds a value of another kind. */
function rowsOf(columns: Columns, count: number): ArchiveRow[] {
  const column = <Value>(name: string, is: (value: unknown) => value is Value): readonly Value[] => {
    const values = columns[name] ?? [];
    if (values.length !== count) throw new Error(`column ${name} holds ${values.length} values instead of ${count}`);
    const odd = values.findIndex((value) => !is(value));
    if (odd >= 0) throw new Error(`column ${name} holds a value of another kind in row ${odd} of the part`);
    return values as readonly Value[];
  };
  const index = column('index', isInteger);
  const position = column('position', isInteger);
  const recordedAt = column('recorded_at', isInstant);
  const stream = column('stream', isText);
  const revision = column('revision', isInteger);
  const type = column('type', isText);
  const id = column('id', isText);
  const metadata = column('metadata', isOptionalText);
  const data = column('data', isOptionalText);
  const form = column('form', isForm);
  const rows: ArchiveRow[] = [];
  for (let at = 0; at < count; at += 1) {
    rows.push({
      index: index[at] as bigint,
      position: position[at] as bigint,
      recordedAt: recordedAt[at] as Date,
      stream: stream[at] as string,
      revision: revision[at] as bigint,
      type: type[at] as string,
      id: id[at] as string,
      metadata: metadata[at] ?? undefined,
      data: data[at] ?? undefined,
      form: form[at] as RecordForm,
    });
  }
  return rows;
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
