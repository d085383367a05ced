import type { RecordForm } from '../tree/canonical-record.js';
import type { Manifest } from './manifest.js';

/** The published JSON Schema of an event type in a schema version; `undefined` where none was published. */
export type SchemaOf = (type: string, schemaVersion: number) => object | undefined;

/** How many events of a type there are in a schema version. */
export interface TypeCount {
  readonly type: string;
  readonly schemaVersion: number;
  readonly events: number;
}

/** Counts events by type and schema version. */
export class EventTypes {
  private readonly counts = new Map<string, Map<number, number>>();

  constructor(private readonly schemaOf: SchemaOf = () => undefined) {}

  count(type: string, version: number, events = 1): void {
    const versions = this.counts.get(type);
    if (versions === undefined) this.counts.set(type, new Map([[version, events]]));
    else versions.set(version, (versions.get(version) ?? 0) + events);
  }

  /** By type and version. */
  counted(): TypeCount[] {
    const types = [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1));
    return types.flatMap(([type, versions]) =>
      [...versions]
        .sort(([one], [other]) => one - other)
        .map(([schemaVersion, events]) => ({ type, schemaVersion, events })),
    );
  }

  /** The same, each with its schema. */
  list(): Manifest['eventTypes'] {
    return this.counted().map((each) => ({ ...each, schema: this.schemaOf(each.type, each.schemaVersion) ?? null }));
  }
}

/** 0 for an event that another program wrote without one. */
export function versionOf(metadata: unknown): number {
  const { schemaVersion } = (metadata ?? {}) as { schemaVersion?: unknown };
  return typeof schemaVersion === 'number' && Number.isInteger(schemaVersion) && schemaVersion > 0 ? schemaVersion : 0;
}

const MEMBER = '"schemaVersion":';

/** The same from metadata's canonical text. Where it holds neither objects nor escapes, it need not be parsed for that. */
export function versionIn(form: RecordForm, metadata: string | undefined): number {
  if (metadata === undefined) return 0;
  const at = metadata.lastIndexOf(MEMBER);
  if (form !== 'text' && at > 0 && !metadata.includes('{', 1) && !metadata.includes('\\')) {
    const digits = /^[1-9]\d{0,8}(?=[,}])/.exec(metadata.slice(at + MEMBER.length, at + MEMBER.length + 10));
    if (digits !== null) return Number(digits[0]);
  }
  try {
    const value: unknown = JSON.parse(metadata);
    return versionOf(form === 'text' ? JSON.parse(value as string) : value);
  } catch {
    return 0; // It is no JSON any more: its leaf hash says so.
  }
}
