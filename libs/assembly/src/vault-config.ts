import { LocalMasterKey, MasterKeys } from '@provident/access';
import { DomainError } from '@provident/kernel';
import type { Environment } from './environment.js';

/** Where the vault is, and what its keys are wrapped by. */
export interface VaultConfig {
  /** `postgres://…` of a vault with a database of its own; in the read side's database when absent. */
  readonly url: string | undefined;
  /** Keys given from outside; those of the key file in the data folder when absent. */
  readonly masterKeys: MasterKeys | undefined;
}

/** Reads the vault's settings. Throws `config-invalid`, without repeating a key. */
export function vaultConfigOf(environment: Environment): VaultConfig {
  const expected = 'an address such as postgres://user@host/database';
  return {
    url: environment.matching('VAULT_URL', /^postgres(ql)?:\/\/\S/, expected),
    masterKeys: masterKeysOf(environment),
  };
}

function masterKeysOf(environment: Environment): MasterKeys | undefined {
  const present = environment.text('PROVIDENT_MASTER_KEY');
  const earlier = environment.text('PROVIDENT_EARLIER_MASTER_KEYS').split(/[\s,]+/);
  if (present === '') {
    if (earlier.join('') === '') return undefined;
    throw environment.invalid('PROVIDENT_MASTER_KEY', '', '32 bytes in base64 where earlier keys are given');
  }
  const read = (name: string, text: string): LocalMasterKey => {
    try {
      return LocalMasterKey.from(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw environment.invalid(name, text, '32 bytes in base64: openssl rand -base64 32');
    }
  };
  return new MasterKeys(
    read('PROVIDENT_MASTER_KEY', present),
    earlier.filter((text) => text !== '').map((text) => read('PROVIDENT_EARLIER_MASTER_KEYS', text)),
  );
}
