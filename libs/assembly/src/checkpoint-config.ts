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
    throw environment.invalid(
      'CHECKPOINT_KEY',
      text,
      '32 bytes in base64 (openssl rand -base64 32), or what ledgerctl checkpoint new-key made for this area',
    );
  }
}

/** The keys in a data folder, the present one in the first line; made where there are none. Throws `key-malformed`. */
export function openCheckpointKeys(dataFolder: string, area: string): { path: string; keys: SigningKeys } {
  const { path, lines } = openSecretFile(join(dataFolder, 'checkpoint.key'), () => newSigningKey(area).text);
  return { path, keys: lines.map((line) => readSigningKey(line, area)) };
}
