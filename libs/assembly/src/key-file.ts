import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalMasterKey, MasterKeys } from '@provident/access';
import { DomainError } from '@provident/kernel';
import { openSecretFile } from './secret-file.js';

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

/** Opens the key file of a data folder, or makes it: the present key in its first line, earlier ones in those below. */
export function openKeyFile(dataFolder: string): KeyFile {
  const { path, isNew, lines } = openSecretFile(keyFilePath(dataFolder), () => randomBytes(32).toString('base64'));
  const [present = '', ...earlier] = lines;
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

/** Puts a new master key before those of the file, which stay until everything has been wrapped anew. */
export function addMasterKey(dataFolder: string): void {
  const { path } = openKeyFile(dataFolder);
  replace(path, `${randomBytes(32).toString('base64')}\n${readFileSync(path, 'utf8')}`);
}

/** Leaves the present master key alone in the file: nothing is wrapped by an earlier one any more. */
export function dropEarlierKeys(dataFolder: string): void {
  const path = keyFilePath(dataFolder);
  replace(path, `${readFileSync(path, 'utf8').split('\n')[0] ?? ''}\n`);
}

/** The file has the one content or the other, whenever the machine stops. */
function replace(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

/** What the user is told of a key file that was just made. */
export function keyFileNotice({ path }: KeyFile): string {
  return `Personal data is encrypted under the master key in ${path}, which was made just now. Keep a copy of it apart from the data: without it nobody can read a name again.`;
}
