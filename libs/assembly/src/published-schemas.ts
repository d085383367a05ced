import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repositoryFolder } from './repository-folder.js';

/**
 * The JSON Schema with which an event type was published in a schema version, from the contracts that come with the
 * program; `undefined` for one that was never published, as of another program's events.
 */
export function publishedSchemas(): (type: string, schemaVersion: number) => object | undefined {
  const folder = join(repositoryFolder(), 'deploy', 'contracts', 'events');
  const files = new Map(globSync('*/*.json', { cwd: folder }).map((path) => [basename(path), join(folder, path)]));
  return (type, schemaVersion) => {
    const path = files.get(`${type}.v${schemaVersion}.json`);
    return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as object);
  };
}
