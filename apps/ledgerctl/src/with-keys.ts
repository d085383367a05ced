import { InstallationSecrets, MasterKeys, PersonKeys, SigningKeys, Vault } from '@provident/access';
import { configFrom } from '@provident/assembly';
import { tellRefusal } from './tell-refusal.js';
import { withLedger } from './with-ledger.js';

/** What commands about keys work on. */
export interface Keys {
  readonly vault: Vault;
  readonly people: PersonKeys;
  readonly secrets: InstallationSecrets;
  readonly signing: SigningKeys;
  /** True when an office on this machine works with the same keys. */
  readonly besideAnOffice: boolean;
}

/**
 * Opens the vault: by itself where services work on it, whose tables and log are no business of a command about keys, and
 * otherwise with the ledger that it belongs to. A refusal is told with its rule and what to do, and makes the exit code 1.
 */
export async function withKeys(options: { json?: boolean }, work: (keys: Keys) => Promise<void>): Promise<void> {
  const { eventStoreUrl, databaseUrl, vault: place } = configFrom(process.env, 'ledgerctl');
  const url = place.url ?? databaseUrl;
  if (eventStoreUrl === undefined || url === undefined || place.masterKeys === undefined) {
    await withLedger(options, (ledger) => work(keysIn(ledger.get(Vault), ledger.get(MasterKeys), ledger.isGuest)));
    return;
  }
  const vault = await Vault.open(url);
  try {
    await work(keysIn(vault, place.masterKeys, false));
  } catch (error) {
    tellRefusal(error, options);
  } finally {
    await vault.close();
  }
}

function keysIn(vault: Vault, master: MasterKeys, besideAnOffice: boolean): Keys {
  const now = (): Date => new Date();
  return {
    vault,
    people: new PersonKeys(vault, master, now),
    secrets: new InstallationSecrets(vault, master, now),
    signing: new SigningKeys(vault, master, now),
    besideAnOffice,
  };
}
