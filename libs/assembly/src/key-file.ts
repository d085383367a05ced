import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalMasterKey, MasterKeys } from '@provident/access';
import { DomainError } from '@provident/kernel';

/** Master keys of an office on the embedded defaults, and where they stand. */
export interface KeyFile {
  readonly path: string;
  readonly masterKeys: MasterKeys;
  /** True at the first start: the user is to be told once. */
  readonly isNew: boolean;
}

export function keyFilePath(dataFolder: string): string {
  return join(dataFolder, 'master.key');
}

/**
 * Opens the key file of a data folder: the present key in its first line, earlier ones in those below. Makes it, readable
 * by its owner alone, where there is none; of two processes that make it at the same time, one is first and both use its key.
 */
export function openKeyFile(dataFolder: string): KeyFile {
  const path = keyFilePath(dataFolder);
  let text = read(path);
  const isNew = text === undefined && make(dataFolder, path);
  text ??= read(path) ?? '';
  const [present = '', ...earlier] = text.split(/\s+/).filter((line) => line !== '');
  try {
    const keys = [present, ...earlier].map((line) => LocalMasterKey.from(line));
    return { path, isNew, masterKeys: new MasterKeys(keys[0] as LocalMasterKey, keys.slice(1)) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(
      'key-file-invalid',
      `The key file ${path} does not hold keys of 32 bytes in base64, one a line.`,
      error.rule,
      'Put it back from its backup. Without its key no personal data of this folder can be read.',
    );
  }
}

/** What the user is told of a key file that was just made. */
export function keyFileNotice({ path }: KeyFile): string {
  return `Personal data is encrypted under the master key in ${path}, which was made just now. Keep a copy of it apart from the data: without it nobody can read a name again.`;
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
function make(dataFolder: string, path: string): boolean {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
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
