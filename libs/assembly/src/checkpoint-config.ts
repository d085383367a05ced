import { join } from 'node:path';
import { DomainError } from '@provident/kernel';
import { newSigningKey, readSigningKey, type SigningKeys } from '@provident/supervision';
import type { Environment } from './environment.js';
import { openSecretFile } from './secret-file.js';

/** What checkpoints of the log are signed with, how often, and where they are laid down. */
export interface CheckpointConfig {
  /** Keys given from outside, the present one first; those of the key file in the data folder when absent. */
  readonly keys: SigningKeys | undefined;
  readonly everyMs: number;
  /** Folder for checkpoints as files; in the data folder of an office, nowhere in a service, when absent. */
  readonly folder: string | undefined;
}

const MINUTE_MS = 60_000;
/** A week. */
const LONGEST_MINUTES = 10_080;

/** Reads the settings of checkpoints. Throws `config-invalid`, without repeating a key. */
export function checkpointConfigOf(environment: Environment, area: string): CheckpointConfig {
  const folder = environment.text('CHECKPOINT_FOLDER');
  return {
    keys: keysOf(environment, area),
    everyMs: environment.whole('CHECKPOINT_MINUTES', 1, LONGEST_MINUTES) * MINUTE_MS,
    folder: folder === '' ? undefined : folder,
  };
}

function keysOf(environment: Environment, area: string): SigningKeys | undefined {
  const text = environment.text('CHECKPOINT_KEY');
  if (text === '') return undefined;
  try {
    return text.split(/[\s,]+/).map((line) => readSigningKey(line, area));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw environment.invalid('CHECKPOINT_KEY', text, `a key of this area's log: ledgerctl checkpoint new-key`);
  }
}

export function checkpointKeyPath(dataFolder: string): string {
  return join(dataFolder, 'checkpoint.key');
}

/** The keys of an office on the embedded defaults, made at its first start. Throws `key-malformed`. */
export function checkpointKeysOfFolder(dataFolder: string, area: string): SigningKeys {
  const { lines } = openSecretFile(checkpointKeyPath(dataFolder), () => newSigningKey(area).text);
  return lines.map((line) => readSigningKey(line, area));
}
