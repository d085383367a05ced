import { COMPATIBILITY, type Verdict } from './compatibility.js';
import { type Difference, differences } from './differences.js';
import { contractPath, type EventContract } from './event-contract.js';
import type { JsonSchema } from './json-schema.js';

/** Something that changed between the released contracts and the code, and what it asks for. */
export interface Finding {
  readonly verdict: Verdict;
  /** The rule: a kind of difference, or what happened to the whole contract. */
  readonly rule: string;
  /** The event type concerned. */
  readonly type: string;
  /** The released file concerned. */
  readonly file: string;
  /** What happened, why it matters, what to do; for the person who changed the code. */
  readonly text: string;
}

/**
 * Compares the code's event schemas with the released ones. Old schema versions are the past: they stay as they were
 * released, and every version up to the present one must be there.
 */
export function reviewEvents(released: readonly EventContract[], present: readonly EventContract[]): Finding[] {
  return [
    ...released.flatMap((old) => reviewReleased(old, present)),
    ...present.flatMap((now) => reviewHistory(now, released)),
  ];
}

/** Compares a schema that has no versions: the metadata's, which every reader of every event relies on. */
export function reviewSchema(file: string, was: JsonSchema, is: JsonSchema): Finding[] {
  const about = { type: is.title ?? file, file };
  return differences(was, is).map((difference) =>
    findingOf(about, difference, 'It has no versions to raise: let it stay as it is, and put what is new beside it.'),
  );
}

function reviewReleased(old: EventContract, present: readonly EventContract[]): Finding[] {
  const file = contractPath(old);
  const now = present.find(({ type }) => type === old.type);
  if (now === undefined) {
    const text = `${old.type} is gone from the code. Its events stay in the log for ever and must be readable: keep its schema (no command needs to write it any more).`;
    return [{ verdict: 'new-version', rule: 'type-removed', type: old.type, file, text }];
  }
  if (now.category !== old.category) {
    const text = `${old.type} moved from ${old.category} streams to ${now.category} streams. Consumers of the ${old.category} topic would miss it: write a new event type instead.`;
    return [{ verdict: 'new-version', rule: 'category-changed', type: old.type, file, text }];
  }
  if (now.version < old.version) {
    const text = `${old.type} is at schema version ${now.version} in the code, but version ${old.version} was released. Put its upcasters back: events of that version may be in the log.`;
    return [{ verdict: 'new-version', rule: 'version-went-back', type: old.type, file, text }];
  }
  if (now.version > old.version) return [];
  return differences(old.schema, now.schema).map((difference) =>
    findingOf(
      { type: old.type, file },
      difference,
      'Raise the schema version: add an upcaster to the aggregate, so that old events are read in the new form.',
    ),
  );
}

function reviewHistory(now: EventContract, released: readonly EventContract[]): Finding[] {
  const versions = new Set(released.filter(({ type }) => type === now.type).map(({ version }) => version));
  const missing = Array.from({ length: now.version - 1 }, (_, at) => at + 1).filter(
    (version) => !versions.has(version),
  );
  return missing.map((version) => {
    const file = contractPath({ ...now, version });
    const text = `${now.type} is at schema version ${now.version}, but version ${version} was never released or its file is missing. Raise the version by one upcaster at a time, and keep every version's file.`;
    return { verdict: 'new-version', rule: 'version-missing', type: now.type, file, text };
  });
}

function findingOf(
  about: Pick<Finding, 'type' | 'file'>,
  { kind, path, was, is }: Difference,
  wayOut: string,
): Finding {
  const { verdict, reason } = COMPATIBILITY[kind];
  const values = was === undefined && is === undefined ? '' : ` (${shown(was)} became ${shown(is)})`;
  const remedy = {
    free: '',
    accept: ' If that is meant, write the contracts with --accept.',
    'new-version': ` ${wayOut}`,
  }[verdict];
  return { ...about, verdict, rule: kind, text: `${kind} at ${path}${values}. ${reason}${remedy}` };
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
