import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenInvariant } from '@provident/kernel';
import type { JsonSchema } from './json-schema.js';

/** One event type in one schema version, as published: `events/<category>/<Type>.v<version>.json`. */
export interface EventContract {
  readonly category: string;
  readonly type: string;
  readonly version: number;
  readonly schema: JsonSchema;
}

/** Where the contract stands in the folder of the contracts. */
export function contractPath({ category, type, version }: Omit<EventContract, 'schema'>): string {
  return `events/${category}/${type}.v${version}.json`;
}

/** The contracts that were released: those in the folder. Throws for a file whose name is none of a contract. */
export function releasedEvents(folder: string): EventContract[] {
  const events = join(folder, 'events');
  if (!existsSync(events)) return [];
  return readdirSync(events, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => releasedEvent(entry))
    .sort((a, b) => (contractPath(a) < contractPath(b) ? -1 : 1));
}

function releasedEvent(entry: Dirent): EventContract {
  const path = join(entry.parentPath, entry.name);
  const [, category, type, version] = /([a-z-]+)[/\\]([A-Z][A-Za-z]*)\.v([1-9]\d*)\.json$/.exec(path) ?? [];
  if (category === undefined || type === undefined || version === undefined) {
    throw new BrokenInvariant(`${path} is no contract: they are named events/<category>/<Type>.v<version>.json.`);
  }
  return { category, type, version: Number(version), schema: JSON.parse(readFileSync(path, 'utf8')) as JsonSchema };
}
