import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalMasterKey, MasterKeys, PersonalCipher, PersonKeys, SealedPersonalData, Vault } from '@provident/access';
import { startEmbeddedEventStore } from '@provident/embedded-event-store';
import { type Aggregate, EventStore, StoreClient } from '@provident/event-store';
import { type DomainEvent, ERASED_TEXT, IdField, Personal } from '@provident/kernel';
import { openReadDatabase } from '@provident/projections/database';
import { Type } from '@sinclair/typebox';
import { bySystem } from './access-app.js';

/** A name that stands nowhere by chance, and one that stands in clear, to prove that the search finds what is there. */
const CANARY = '金丝雀测试甲乙丙丁';
const CONTROL = 'control-text-in-clear';

interface Registered {
  readonly personId: string;
  readonly name: string;
  readonly remark: string;
}
const schema = Type.Object({ personId: IdField, name: Personal(Type.String()), remark: Type.String() });
type RegisteredEvent = DomainEvent<'CanaryRegistered', Registered>;
const canary: Aggregate<number, RegisteredEvent, RegisteredEvent> = {
  ...{ category: 'canary', schemas: { CanaryRegistered: schema }, initial: 0 },
  evolve: (count) => count + 1,
  decide: (event) => [event],
};

function filesWith(folder: string, text: string): string[] {
  const wanted = Buffer.from(text);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => readFileSync(path).includes(wanted));
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'provident-canary-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a sealed name is in no file, before its person is erased and after, and the log stays as it was', async () => {
  const database = await openReadDatabase({ folder: join(folder, 'postgres') });
  const server = await startEmbeddedEventStore({ inThread: true, dir: join(folder, 'events') });
  const client = new StoreClient(server.url);
  const vault = await Vault.open(database.url);
  const keys = new PersonKeys(vault, new MasterKeys(new LocalMasterKey(randomBytes(32))), () => new Date());
  const personal = new SealedPersonalData(new PersonalCipher(keys), keys);
  const [personId, context] = [randomUUID(), bySystem()];
  /** Read by somebody who opens nothing: what the log holds. */
  const stored = async () => {
    const found: { id: string; data: Registered }[] = [];
    const sealed = new EventStore(client).read<RegisteredEvent>({ category: 'canary' }, personId);
    for await (const { id, data } of sealed) found.push({ id, data });
    return found;
  };
  const clear = { personId, name: CANARY, remark: CONTROL };
  /** The command, as a process that knows nothing of an earlier try carries it out. */
  const register = () => {
    const event = { type: 'CanaryRegistered', data: clear } as const;
    return new EventStore(client, personal).execute(canary, personId, event, context, { mostlyNew: true });
  };
  const read = async (): Promise<Registered | undefined> => {
    for await (const { data } of new EventStore(client, personal).read<RegisteredEvent>(canary, personId)) return data;
    return undefined;
  };
  const [first, again] = [await register(), await register()];
  // The same bytes under the same ids: the store takes the second append for the first.
  expect(again.position).toBe(first.position);
  const before = await stored();
  expect(before).toHaveLength(1);
  const data = before[0]?.data ?? clear;
  await database.pool.query('create table public.copy as select $1::text as name, $2::text as remark', [
    data.name,
    data.remark,
  ]);
  expect(await read()).toEqual(clear);
  await expect(new EventStore(client).load(canary, personId)).rejects.toThrow('no keys');

  await keys.erase(personId);
  expect(await read()).toEqual({ ...clear, name: ERASED_TEXT });
  expect(await personal.openAll([data])).toEqual([{ ...clear, name: ERASED_TEXT }]);
  expect(await stored()).toEqual(before);

  await vault.close();
  await client.dispose();
  await server.stop();
  await database.close();
  expect(filesWith(folder, CONTROL).some((path) => path.includes('/events/'))).toBe(true);
  expect(filesWith(folder, CONTROL).some((path) => path.includes('/postgres/'))).toBe(true);
  expect(filesWith(folder, CANARY)).toEqual([]);
});
