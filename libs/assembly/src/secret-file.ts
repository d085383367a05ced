import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file of keys, a key a line, the present one first. */
export interface SecretFile {
  readonly path: string;
  readonly lines: readonly string[];
  /** True at the first start: the user is to be told once. */
  readonly isNew: boolean;
}

/**
 * Opens a file of keys. Makes it, readable by its owner alone, where there is none; of two processes that make it at the same
 * time, one is first and both use its key.
 */
export function openSecretFile(path: string, newKey: () => string): SecretFile {
  let text = read(path);
  const isNew = text === undefined && make(path, newKey());
  text ??= read(path) ?? '';
  return { path, isNew, lines: text.split(/\s+/).filter((line) => line !== '') };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the key beside its place and links it there, so that nobody ever reads half of it. False when another was first. */
function make(path: string, key: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
