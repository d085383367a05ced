import type { Manifest } from './manifest.js';

/** The published JSON Schema of an event type in a schema version; `undefined` where none was published. */
export type SchemaOf = (type: string, schemaVersion: number) => object | undefined;

/** Counts events by type and schema version. */
export class EventTypes {
  private readonly counts = new Map<string, Map<number, number>>();

  constructor(private readonly schemaOf: SchemaOf = () => undefined) {}

  count({ type, metadata }: { readonly type: string; readonly metadata: unknown }): void {
    const version = versionOf(metadata);
    const versions = this.counts.get(type);
    if (versions === undefined) this.counts.set(type, new Map([[version, 1]]));
    else versions.set(version, (versions.get(version) ?? 0) + 1);
  }

  /** By type and version, each with its schema. */
  list(): Manifest['eventTypes'] {
    const types = [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1));
    return types.flatMap(([type, versions]) =>
      [...versions]
        .sort(([one], [other]) => one - other)
        .map(([schemaVersion, events]) => {
          return { type, schemaVersion, events, schema: this.schemaOf(type, schemaVersion) ?? null };
        }),
    );
  }
}

/** 0 for an event that another program wrote without one. */
function versionOf(metadata: unknown): number {
  const { schemaVersion } = (metadata ?? {}) as { schemaVersion?: unknown };
  return typeof schemaVersion === 'number' && Number.isInteger(schemaVersion) && schemaVersion > 0 ? schemaVersion : 0;
}
