import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { DomainError } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { Vault } from './vault.js';

interface KeyRow {
  readonly person_id: string;
  readonly wrapped: Buffer | null;
  readonly wrapper: string | null;
  readonly created_at: Date;
  readonly erased_at: Date | null;
}

const FORM = 'provident keys 1';

/**
 * Copies every key, wrapped as it stands, to a new file of JSON lines, as of one moment. Without the master key nothing in it
 * can be opened. Answers how many keys of people and records it holds.
 */
export function backupKeys(vault: Vault, path: string): Promise<number> {
  return vault.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const file = await open(path, 'wx', 0o600);
    try {
      const write = (row: object): Promise<unknown> => file.write(`${JSON.stringify(row)}\n`);
      await write({ form: FORM });
      const secrets = await client.query<{ name: string; wrapped: Buffer; wrapper: string; created_at: Date }>(
        'select name, wrapped, wrapper, created_at from secret order by name',
      );
      for (const { wrapped, ...secret } of secrets.rows) await write({ secret, wrapped: wrapped.toString('base64') });
      const links = await client.query<{ key_id: string; owner_id: string }>('select key_id, owner_id from key_link');
      for (const link of links.rows) await write({ link });
      let count = 0;
      for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
        const { rows } = await client.query<KeyRow>(
          'select * from person_key where person_id > $1 order by person_id limit $2',
          [after, LIMITS.personKeyBatch],
        );
        const last = rows.at(-1);
        if (last === undefined) break;
        const lines = rows.map(({ wrapped, ...key }) => JSON.stringify({ key, wrapped: wrapped?.toString('base64') }));
        await file.write(`${lines.join('\n')}\n`);
        count += rows.length;
        after = last.person_id;
      }
      await file.sync();
      return count;
    } finally {
      await file.close();
    }
  });
}

type Line =
  | { readonly form: string }
  | { readonly secret: { name: string; wrapper: string; created_at: string }; readonly wrapped: string }
  | { readonly link: { key_id: string; owner_id: string } }
  | { readonly key: Omit<KeyRow, 'wrapped'>; readonly wrapped?: string };

/**
 * Brings back the keys that the vault lacks. What stands in the vault is kept, above all what is erased there; what the file
 * holds as erased becomes erased. All or nothing. Answers how many keys the file holds.
 */
export function restoreKeys(vault: Vault, path: string): Promise<number> {
  return vault.transaction(async (client) => {
    let [count, isOurs] = [0, false];
    for await (const text of createInterface({ input: createReadStream(path) })) {
      const line = JSON.parse(text) as Line;
      isOurs ||= 'form' in line && line.form === FORM;
      if (!isOurs) break;
      if ('secret' in line) {
        const { name, wrapper, created_at } = line.secret;
        const values = [name, Buffer.from(line.wrapped, 'base64'), wrapper, created_at];
        // A process that was started on the empty vault has made secrets of its own, under which nobody stands yet.
        await client.query(
          `insert into secret (name, wrapped, wrapper, created_at) values ($1, $2, $3, $4)
           on conflict (name) do update set wrapped = excluded.wrapped, wrapper = excluded.wrapper`,
          values,
        );
      } else if ('link' in line) {
        const { key_id, owner_id } = line.link;
        await client.query('insert into key_link (key_id, owner_id) values ($1, $2) on conflict do nothing', [
          ...[key_id, owner_id],
        ]);
      } else if ('key' in line) {
        const { person_id, wrapper, created_at, erased_at } = line.key;
        const wrapped = line.wrapped === undefined ? null : Buffer.from(line.wrapped, 'base64');
        await client.query(
          `insert into person_key (person_id, wrapped, wrapper, created_at, erased_at) values ($1, $2, $3, $4, $5)
           on conflict (person_id) do update set wrapped = null, wrapper = null,
             erased_at = coalesce(person_key.erased_at, excluded.erased_at)
           where excluded.erased_at is not null`,
          [person_id, wrapped, wrapper, created_at, erased_at],
        );
        count += 1;
      }
    }
    if (isOurs) return count;
    throw new DomainError(
      'key-backup-unreadable',
      `${path} is no backup of keys.`,
      'Keys are restored from a file that "ledgerctl keys backup" wrote.',
      'Name such a file.',
    );
  });
}
