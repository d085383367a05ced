import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { BrokenInvariant, isUuid } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { Vault } from '../vault/vault.js';
import type { MasterKeys } from './master-keys.js';

/** What a person's key gives: one key to encrypt with and one to derive nonces with. */
export interface PersonKey {
  readonly encryption: KeyObject;
  readonly nonces: KeyObject;
}

/** Whether a key is looked for, or made where the person has none yet. */
export type KeyUse = 'open' | 'seal';

interface KeyRow {
  person_id: string;
  wrapped: Buffer | null;
  wrapper: string | null;
}

interface Remembered {
  readonly key: PersonKey | 'erased';
  readonly untilMs: number;
}

/**
 * One key of 256 bits per person, wrapped by the master key, in the vault. Requests that come at the same time are
 * answered by one statement, so that an import of 100,000 people asks the vault some hundred times.
 */
export class PersonKeys {
  private readonly remembered = new Map<string, Remembered>();
  private readonly asked: Record<KeyUse, Map<string, ((answer: Promise<PersonKey | 'erased'>) => void)[]>> = {
    open: new Map(),
    seal: new Map(),
  };
  /** Counts erasures: an answer that was under way while one happened is not remembered. */
  private erasures = 0;

  constructor(
    private readonly vault: Vault,
    private readonly master: MasterKeys,
    private readonly now: () => Date,
  ) {}

  /** The person's key; made for `seal` where there is none. `erased` for ever once it was erased. */
  of(personId: string, use: KeyUse): Promise<PersonKey | 'erased'> {
    if (!isUuid(personId)) throw new BrokenInvariant('A person key is asked for by a person id, which is a UUID.');
    const found = this.remembered.get(personId);
    if (found !== undefined && found.untilMs > performance.now()) {
      this.remember(personId, found);
      return Promise.resolve(found.key);
    }
    return new Promise((resolve) => {
      const waiting = this.asked[use];
      if (waiting.size === 0) setImmediate(() => void this.answer(use));
      const others = waiting.get(personId);
      if (others === undefined) waiting.set(personId, [resolve]);
      else others.push(resolve);
    });
  }

  /** Makes the keys that are missing, many at a time: what a bulk import does before it seals. */
  async ensure(personIds: readonly string[]): Promise<void> {
    for (let at = 0; at < personIds.length; at += LIMITS.personKeyBatch) {
      await Promise.all(personIds.slice(at, at + LIMITS.personKeyBatch).map((each) => this.of(each, 'seal')));
    }
  }

  /**
   * Destroys the person's key, and those of records that are linked to it: every field sealed under them is unreadable from
   * now on, here at once and in other processes when their memory of the key ends (`LIMITS.personKeyCacheMs`). Cannot be undone; repeating changes nothing.
   */
  async erase(personId: string): Promise<void> {
    const erased = await this.vault.rows<{ person_id: string }>(
      `with recursive mine (id) as (
         select $1::uuid union select key_id from key_link join mine on owner_id = mine.id)
       insert into person_key (person_id, created_at, erased_at) select id, $2, $2 from mine
       on conflict (person_id) do update set wrapped = null, wrapper = null,
         erased_at = coalesce(person_key.erased_at, excluded.erased_at)
       returning person_id`,
      [personId, this.now()],
    );
    this.erasures += 1;
    for (const { person_id } of erased) this.remembered.delete(person_id);
  }

  /** The key of a record that tells of a person: erased with the person's, at once where that one is erased already. */
  async link(keyId: string, ownerId: string): Promise<void> {
    await this.vault.run('insert into key_link (key_id, owner_id) values ($1, $2) on conflict do nothing', [
      ...[keyId, ownerId],
    ]);
    const owner = await this.vault.row('select 1 from person_key where person_id = $1 and erased_at is not null', [
      ownerId,
    ]);
    if (owner !== undefined) await this.erase(keyId);
  }

  /** Everyone whose key was erased: to be erased again after a restored backup brought keys back. */
  async erased(): Promise<readonly string[]> {
    const rows = await this.vault.rows<{ person_id: string }>(
      'select person_id from person_key where erased_at is not null order by person_id',
    );
    return rows.map((row) => row.person_id);
  }

  /** Wraps every key anew under the present master key, in batches. Answers how many; ciphertexts stay as they are. */
  async rewrap(): Promise<number> {
    for (let count = 0; ; ) {
      const rows = await this.vault.rows<KeyRow>(
        'select person_id, wrapped, wrapper from person_key where wrapped is not null and wrapper <> $1 limit $2',
        [this.master.current.id, LIMITS.personKeyBatch],
      );
      if (rows.length === 0) return count;
      const wrapped = await Promise.all(
        rows.map(async (row) => this.master.wrap(await this.unwrap(row), purposeOf(row.person_id))),
      );
      // A key that was erased in the meantime stays erased.
      await this.vault.run(
        `update person_key set wrapped = fresh.wrapped, wrapper = $3
         from unnest($1::uuid[], $2::bytea[]) as fresh (person_id, wrapped)
         where person_key.person_id = fresh.person_id and person_key.wrapped is not null`,
        [rows.map((row) => row.person_id), wrapped, this.master.current.id],
      );
      count += rows.length;
    }
  }

  private async answer(use: KeyUse): Promise<void> {
    const waiting = this.asked[use];
    this.asked[use] = new Map();
    const ids = [...waiting.keys()];
    for (let at = 0; at < ids.length; at += LIMITS.personKeyBatch) {
      const batch = ids.slice(at, at + LIMITS.personKeyBatch);
      const erasures = this.erasures;
      const loaded = this.load(batch, use);
      for (const id of batch) {
        const answer = loaded.then(async (rows) => this.taken(id, rows.get(id), erasures));
        for (const resolve of waiting.get(id) ?? []) resolve(answer);
      }
      await loaded.catch(() => undefined);
    }
  }

  private async taken(personId: string, row: KeyRow | undefined, erasures: number): Promise<PersonKey | 'erased'> {
    if (row === undefined) {
      throw new BrokenInvariant(
        `The vault holds no key of the person ${personId}. Restore the vault from a backup that is as new as the log.`,
      );
    }
    const key = row.wrapped === null ? 'erased' : derived(await this.unwrap(row));
    if (erasures === this.erasures) {
      this.remember(personId, { key, untilMs: performance.now() + LIMITS.personKeyCacheMs });
    }
    return key;
  }

  private async load(ids: readonly string[], use: KeyUse): Promise<ReadonlyMap<string, KeyRow>> {
    const found = await this.read(ids);
    const missing = use === 'seal' ? ids.filter((id) => !found.has(id)) : [];
    if (missing.length === 0) return found;
    const fresh = await Promise.all(missing.map((id) => this.master.wrap(randomBytes(32), purposeOf(id))));
    await this.vault.run(
      `insert into person_key (person_id, wrapped, wrapper, created_at)
       select person_id, wrapped, $3, $4 from unnest($1::uuid[], $2::bytea[]) as fresh (person_id, wrapped)
       order by person_id on conflict do nothing`,
      [missing, fresh, this.master.current.id, this.now()],
    );
    // Another process may have been first: what counts is what stands in the vault.
    return new Map([...found, ...(await this.read(missing))]);
  }

  private async read(ids: readonly string[]): Promise<Map<string, KeyRow>> {
    const rows = await this.vault.rows<KeyRow>(
      'select person_id, wrapped, wrapper from person_key where person_id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.person_id, row]));
  }

  private unwrap({ person_id, wrapped, wrapper }: KeyRow): Promise<Buffer> {
    if (wrapped === null || wrapper === null) throw new BrokenInvariant('An erased key cannot be unwrapped.');
    return this.master.unwrap(wrapped, wrapper, purposeOf(person_id));
  }

  private remember(personId: string, entry: Remembered): void {
    this.remembered.delete(personId);
    this.remembered.set(personId, entry);
    if (this.remembered.size <= LIMITS.cachedPersonKeys) return;
    const oldest = this.remembered.keys().next();
    if (oldest.done !== true) this.remembered.delete(oldest.value);
  }
}

function purposeOf(personId: string): string {
  return `person ${personId}`;
}

/**
 * One block of HKDF-Expand (RFC 5869) per use: the key is uniformly random, so that nothing has to be extracted first. Key
 * objects, because Node takes them five times faster than bytes.
 */
function derived(key: Buffer): PersonKey {
  const source = createSecretKey(key);
  const part = (use: string): KeyObject => {
    const hmac = createHmac('sha256', source).update(`provident personal ${use}`).update(Buffer.of(1));
    return createSecretKey(hmac.digest());
  };
  return { encryption: part('encryption'), nonces: part('nonces') };
}
