import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '@provident/assembly';
import { parse, parseAllDocuments } from 'yaml';

export const REPOSITORY = repositoryFolder();
export const DEPLOY = join(REPOSITORY, 'deploy');

/** YAML as Compose reads it: with merge keys. Throws for a file that is no YAML. */
export function readYaml(...path: readonly string[]): unknown {
  return parse(readFileSync(join(DEPLOY, ...path), 'utf8'), { merge: true });
}

/** Every document of a file. */
export function readYamls(...path: readonly string[]): unknown[] {
  return parseAllDocuments(readFileSync(join(DEPLOY, ...path), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path.join('/')}: ${document.errors.join('; ')}`);
    return document.toJS() as unknown;
  });
}

/** A tag that names one version: never absent, never `latest`. */
export function isPinned(image: string): boolean {
  const [, tag, digest] = /^[^:@]+(?::([^@]+))?(@sha256:[0-9a-f]{64})?$/.exec(image) ?? [];
  return digest !== undefined || (tag !== undefined && /\d+\.\d+/.test(tag));
}

export function packageJson(): { version: string; optionalDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as ReturnType<typeof packageJson>;
}
