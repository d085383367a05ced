/** What a stream's metadata says about which of its events are shown and who may use it. */
export interface StreamMetadata {
  /** Only the newest so many events are shown. */
  readonly maxCount?: number;
  /** Only events younger than this are shown. */
  readonly maxAgeSeconds?: number;
  /** Events below this revision are not shown. */
  readonly truncateBefore?: number;
  /** Set when the stream was deleted softly: it reads as missing until it is written again. */
  readonly isSoftDeleted: boolean;
  readonly acl?: unknown;
}

/** `$tb` of a softly deleted stream, 2^63-1. JSON numbers are doubles here, so anything from 2^53 on counts as it. */
export const SOFT_DELETE_JSON = '{"$tb":9223372036854775807}';

export const noMetadata: StreamMetadata = { isSoftDeleted: false };

/** Metadata streams show their newest event only. */
export const metastreamMetadata: StreamMetadata = { isSoftDeleted: false, maxCount: 1 };

/** Reads the JSON of a metadata event; what is malformed counts as absent. */
export function parseMetadata(json: Buffer): StreamMetadata {
  const raw = parseJsonObject(json);
  const maxCount = positiveInteger(raw['$maxCount']);
  const maxAgeSeconds = positiveInteger(raw['$maxAge']);
  const truncateBefore = positiveInteger(raw['$tb']);
  return {
    isSoftDeleted: truncateBefore !== undefined && truncateBefore >= Number.MAX_SAFE_INTEGER,
    ...(maxCount === undefined ? {} : { maxCount }),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
    ...(truncateBefore === undefined ? {} : { truncateBefore }),
    ...(raw['$acl'] === undefined ? {} : { acl: raw['$acl'] }),
  };
}

/** The metadata with which a softly deleted stream comes back: the same, but shown from `firstRevision` on. */
export function undeletedMetadata(json: Buffer, firstRevision: number): Buffer {
  return Buffer.from(JSON.stringify({ ...parseJsonObject(json), $tb: firstRevision }));
}

/** The object that a JSON text holds; an empty one for anything else. */
export function parseJsonObject(json: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function positiveInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
