import type { SchemaElement } from 'hyparquet';
import type { RecordParts } from '../tree/canonical-record.js';

/** One event of the archive: its record, and its place in the log. */
export interface ArchiveRow extends RecordParts {
  /** Place among the events of the ledger, from 0; also its leaf in the tree. */
  readonly index: bigint;
  readonly position: bigint;
}

interface ArchiveColumn {
  readonly name: string;
  readonly element: Omit<SchemaElement, 'name'>;
  /** What the column holds, for who opens the archive without this program. */
  readonly meaning: string;
  readonly of: (row: ArchiveRow) => bigint | string | Date | undefined;
  readonly encoding?: 'PLAIN' | 'DELTA_BINARY_PACKED';
}

const BIGINT = { type: 'INT64', repetition_type: 'REQUIRED' } as const;
const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' } as const;
const OPTIONAL_TEXT = { ...TEXT, repetition_type: 'OPTIONAL' } as const;
const INSTANT = { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' } as const;

/** The columns of an archive's Parquet files, in their order. */
export const COLUMNS: readonly ArchiveColumn[] = [
  {
    ...{ name: 'index', element: BIGINT, of: (row) => row.index, encoding: 'DELTA_BINARY_PACKED' },
    meaning: 'place among the events of the ledger, from 0; the number of its leaf in the Merkle tree',
  },
  {
    ...{ name: 'position', element: BIGINT, of: (row) => row.position, encoding: 'DELTA_BINARY_PACKED' },
    meaning: "position in the event store's log, strictly increasing, with gaps",
  },
  {
    ...{ name: 'recorded_at', element: INSTANT, of: (row) => row.recordedAt },
    meaning: 'when the log took it, UTC',
  },
  { name: 'stream', element: TEXT, of: (row) => row.stream, encoding: 'PLAIN', meaning: 'stream, <category>-<id>' },
  { name: 'revision', element: BIGINT, of: (row) => row.revision, meaning: 'place in its stream, from 0' },
  { name: 'type', element: TEXT, of: (row) => row.type, meaning: 'event type' },
  { name: 'id', element: TEXT, of: (row) => row.id, encoding: 'PLAIN', meaning: 'event id, a UUID' },
  {
    ...{ name: 'metadata', element: OPTIONAL_TEXT, of: (row) => row.metadata, encoding: 'PLAIN' },
    meaning: 'who acted, for what, from which day it counts: canonical JSON (RFC 8785)',
  },
  {
    ...{ name: 'data', element: OPTIONAL_TEXT, of: (row) => row.data, encoding: 'PLAIN' },
    meaning: 'what happened: canonical JSON (RFC 8785); sealed personal fields as ciphertext',
  },
  {
    ...{ name: 'form', element: TEXT, of: (row) => row.form },
    meaning: 'json; base64 where the data is no JSON; text where RFC 8785 cannot hold it',
  },
];

/** Wide columns of unlike values: bounds of them would help no reader. */
const WITHOUT_BOUNDS = new Set(['metadata', 'data']);

export const PARQUET_SCHEMA: SchemaElement[] = [
  { name: 'events', num_children: COLUMNS.length },
  ...COLUMNS.map(({ name, element }) => ({ name, ...element })),
];

/** Rows as the writer takes them: column by column. */
export function columnData(rows: readonly ArchiveRow[]) {
  return COLUMNS.map(({ name, of, encoding }) => ({
    name,
    data: rows.map(of),
    ...(encoding === undefined ? {} : { encoding }),
    ...(WITHOUT_BOUNDS.has(name) ? { statistics: false } : {}),
  }));
}

/** The columns as a manifest names them. */
export const COLUMN_LIST = COLUMNS.map(({ name, element, meaning }) => {
  return { name, type: element.converted_type ?? element.type ?? '', meaning };
});
