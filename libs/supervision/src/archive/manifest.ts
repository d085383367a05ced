import { hash } from 'node:crypto';
import { canonicalJson, DomainError } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

export const MANIFEST_FILE = 'manifest.json';
export const ARCHIVE_FORMAT = 'provident-log-archive/1';

/** How a record becomes a leaf, for who verifies the archive without this program. */
export const CANONICALISATION =
  'A record is the JSON object {data, id, metadata, recordedAt, revision, stream, type} in canonical form (RFC 8785), ' +
  'recordedAt in UTC with milliseconds, revision as decimal text; form base64 names its data dataBase64, form text ' +
  'names dataText and metadataText; absent members are left out. Leaf: SHA-256(0x00 || record in UTF-8). ' +
  'Tree: RFC 6962, section 2.1, leaf n being event n of the log.';

const strict = { additionalProperties: false } as const;
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Count = Type.Integer({ minimum: 0 });
const Position = Type.String({ pattern: '^[0-9]{1,19}$' });
const Instant = Type.String({ pattern: '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z$' });
const FileName = Type.String({ pattern: '^events-[0-9]{12}\\.(parquet|leaves)$' });

/** A run of bytes of a Parquet file that holds one row group: every byte belongs to one part or to the footer. */
const PartSchema = Type.Object(
  {
    ...{ firstIndex: Count, events: Count, firstPosition: Position, lastPosition: Position },
    ...{ bytes: Count, sha256: Hash },
    /** Hash of the tree over these leaves alone. */
    root: Hash,
  },
  strict,
);

const SegmentSchema = Type.Object(
  {
    ...{ file: FileName, firstIndex: Count, events: Count, parts: Type.Array(PartSchema) },
    footer: Type.Object({ bytes: Count, sha256: Hash }, strict),
    /** The leaf hashes, 32 bytes each, one after the other. */
    leaves: Type.Object({ file: FileName, sha256: Hash }, strict),
  },
  strict,
);

const ManifestSchema = Type.Object(
  {
    format: Type.Literal(ARCHIVE_FORMAT),
    canonicalisation: Type.Literal(CANONICALISATION),
    range: Type.Object(
      {
        ...{ firstIndex: Count, events: Count, firstPosition: Position, lastPosition: Position },
        ...{ firstRecordedAt: Instant, lastRecordedAt: Instant },
      },
      strict,
    ),
    tree: Type.Object(
      {
        /** Hashes of the perfect subtrees of all events before the range. */
        peaksBefore: Type.Array(Hash),
        /** The same at the end of the range, from which a later archive goes on. */
        peaks: Type.Array(Hash),
        size: Count,
        root: Hash,
      },
      strict,
    ),
    /** Signed notes (C2SP checkpoints) of the tree at sizes inside the range. */
    checkpoints: Type.Array(Type.String()),
    segments: Type.Array(SegmentSchema),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), meaning: Type.String() }, strict)),
    eventTypes: Type.Array(
      Type.Object(
        { type: Type.String(), schemaVersion: Count, events: Count, schema: Type.Union([Type.Null(), Type.Unknown()]) },
        strict,
      ),
    ),
    /** SHA-256 of everything above in canonical form. */
    seal: Hash,
  },
  strict,
);

export type ArchivePart = Static<typeof PartSchema>;
export type ArchiveSegment = Static<typeof SegmentSchema>;
export type Manifest = Static<typeof ManifestSchema>;

const form = TypeCompiler.Compile(ManifestSchema);

/** The seal: it finds what changed by accident; what was changed on purpose and sealed anew, the signed checkpoints find. */
export function sealed(manifest: Omit<Manifest, 'seal'>): Manifest {
  return { ...manifest, seal: sealOf(manifest) };
}

export function sealOf(manifest: Omit<Manifest, 'seal'>): string {
  return hash('sha256', canonicalJson({ ...manifest, seal: undefined }));
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/** Reads a manifest's form. Throws `archive-manifest` with the place that does not fit; the seal is not looked at. */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  if (form.Check(value)) return value;
  const first = form.Errors(value).First();
  throw unreadable(`${first?.path ?? '/'}: ${first?.message ?? 'does not fit'}`);
}

function unreadable(reason: string): DomainError {
  return new DomainError(
    'archive-manifest',
    `${MANIFEST_FILE} cannot be read: ${reason}.`,
    `An archive is described by a manifest of the form ${ARCHIVE_FORMAT}.`,
    'Take the archive anew, or find a copy that is whole.',
  );
}
