import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { BrokenInvariant } from '@provident/kernel';
import type { Vault } from '../vault/vault.js';
import type { MasterKeys } from './master-keys.js';

/** Keys of the installation itself, made once and kept in the vault, wrapped by the master key. */
export class InstallationSecrets {
  constructor(
    private readonly vault: Vault,
    private readonly master: MasterKeys,
    private readonly now: () => Date,
  ) {}

  /** The secret of that name: 32 bytes, made at the first call of the installation. */
  async secret(name: 'person-index' | 'callers'): Promise<Buffer> {
    const fresh = await this.master.wrap(randomBytes(32), purposeOf(name));
    await this.vault.run(
      'insert into secret (name, wrapped, wrapper, created_at) values ($1, $2, $3, $4) on conflict do nothing',
      [name, fresh, this.master.current.id, this.now()],
    );
    const row = await this.vault.row<{ wrapped: Buffer; wrapper: string }>(
      'select wrapped, wrapper from secret where name = $1',
      [name],
    );
    if (row === undefined) throw new BrokenInvariant(`The secret ${name} is not in the vault.`);
    return this.master.unwrap(row.wrapped, row.wrapper, purposeOf(name));
  }

  /** Wraps the secrets anew under the present master key. Answers how many. */
  async rewrap(): Promise<number> {
    const rows = await this.vault.rows<{ name: string; wrapped: Buffer; wrapper: string }>(
      'select name, wrapped, wrapper from secret where wrapper <> $1',
      [this.master.current.id],
    );
    for (const { name, wrapped, wrapper } of rows) {
      const key = await this.master.unwrap(wrapped, wrapper, purposeOf(name));
      await this.vault.run('update secret set wrapped = $2, wrapper = $3 where name = $1', [
        ...[name, await this.master.wrap(key, purposeOf(name))],
        this.master.current.id,
      ]);
    }
    return rows.length;
  }
}

function purposeOf(name: string): string {
  return `secret ${name}`;
}

/**
 * From a citizen number to the id of the person's streams and keys. Keyed, because there are few enough citizen numbers
 * to try them all: without the key nobody can tell from an id whose it is. The key is for ever - another one would make
 * every person a stranger - and is not the master key, which changes.
 */
export class PersonIndex {
  private readonly key: KeyObject;

  constructor(key: Buffer) {
    this.key = createSecretKey(key);
  }

  /** A UUID of version 8 (RFC 9562: bytes of one's own making). */
  personIdOf(citizenNumber: string): string {
    const bytes = createHmac('sha256', this.key).update(citizenNumber).digest().subarray(0, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
