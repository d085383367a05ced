import { userIdOf } from '../user.js';
import type { Vault } from '../vault/vault.js';
import type { PersonKeys } from './person-keys.js';

/**
 * Destroys what makes a person's data readable: the key, the keys of records about the person (`PersonKeys.link`), and the
 * sign-in, whose name is chosen by the person. Repeating it changes nothing.
 */
export class PersonErasure {
  constructor(
    private readonly keys: PersonKeys,
    private readonly vault: Vault,
  ) {}

  /** Erases people, and records by the ids of their keys. */
  async erase(keyIds: readonly string[]): Promise<void> {
    for (const keyId of keyIds) await this.keys.erase(keyId);
    const users = keyIds.map((each) => userIdOf(each));
    await this.vault.transaction(async (client) => {
      for (const table of ['earlier_password', 'federated_login', 'session', 'login']) {
        await client.query(`delete from ${table} where user_id = any($1::uuid[])`, [users]);
      }
    });
  }

  /** A record tells of a person: its key is erased with the person's, at once where that has happened already. */
  link(keyId: string, personId: string): Promise<void> {
    return this.keys.link(keyId, personId);
  }
}
