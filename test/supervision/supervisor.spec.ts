import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openCheckpoint, parseKey, successorsOf, verifyProof } from '#verifier';
import { LocalMasterKey, MasterKeys, PersonalCipher, PersonKeys, SealedPersonalData, Vault } from '@provident/access';
import { type Aggregate, EventStore, LogReader } from '@provident/event-store';
import { contextOf, startTestStore, type TestStore } from '@provident/event-store/testing/test-store';
import { type DomainEvent, ERASED_TEXT, IdField, Personal } from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';
import { testDatabase } from '@provident/projections/testing/test-database';
import {
  CheckpointDesk,
  CheckpointReader,
  newSigningKey,
  ProofDesk,
  proofText,
  Supervisor,
  TreeStore,
} from '@provident/supervision';
import { Attestor } from '@provident/supervision/attestation/attestor';
import { readNote } from '@provident/supervision/checkpoints/signed-note';
import type { ControlCheck } from '@provident/supervision/control/control-check';
import { TreeReader } from '@provident/supervision/tree/tree-reader';
import { Type } from '@sinclair/typebox';

/* A supervisor on a real event store and a real PostgreSQL, by a clock that the test turns. */

interface Noted {
  readonly personId: string;
  readonly name: string;
}
const schema = Type.Object({ personId: IdField, name: Personal(Type.String()) });
type NotedEvent = DomainEvent<'PersonNoted' | 'YearClosed', Noted>;
const notes: Aggregate<number, NotedEvent, NotedEvent> = {
  ...{ category: 'noted', schemas: { PersonNoted: schema, YearClosed: schema }, initial: 0 },
  evolve: (count) => count + 1,
  decide: (event) => [event],
};

const MINUTE = 60_000;
const AREA = '310000';
const [firstKey, secondKey] = [newSigningKey(AREA), newSigningKey(AREA)];
let time = new Date('2026-01-15T02:00:00Z').getTime();
const clock = { now: () => new Date(time) };
const checks: ControlCheck[] = [
  { name: 'holds', rule: 'holds', run: () => Promise.resolve([]) },
  { name: 'found', rule: 'is amiss', run: () => Promise.resolve([{ message: '0.01 is missing', subject: 'fund:x' }]) },
  { name: 'broken', rule: 'breaks', run: () => Promise.reject(new Error('no answer')) },
];

let store: TestStore;
let database: ReadDatabase;
let vault: Vault;
let events: EventStore;
let keys: PersonKeys;

beforeAll(async () => {
  [store, database] = [await startTestStore(), await testDatabase()];
  vault = await Vault.open(database.url);
  keys = new PersonKeys(vault, new MasterKeys(new LocalMasterKey(randomBytes(32))), () => clock.now());
  events = new EventStore(store.client, new SealedPersonalData(new PersonalCipher(keys), keys));
});
afterAll(async () => {
  await vault.close();
  await store.stop();
  await database.close();
});

/** One supervisor, as a process has it. */
function process(signing = [firstKey]) {
  const trees = TreeStore.open(database.url);
  const tree = new TreeReader(trees);
  const reader = new CheckpointReader(events, AREA);
  const desk = new CheckpointDesk({ ...{ store: events, tree, reader, clock }, area: AREA, keys: signing });
  const table = { table: 'voucher', rows: 3, sha256: 'ab'.repeat(32) };
  const digest = () => Promise.resolve({ position: 7n, events: 3n, tables: [table] });
  const source = new LogReader(store.client);
  const supervisor = new Supervisor({
    ...{ store: trees, source, desk, reader, clock, everyMs: MINUTE },
    attestor: new Attestor({ desk, area: AREA, checks, digest }),
  });
  const proofs = new ProofDesk({
    ...{ tree, source, client: store.client, checkpoints: reader },
    positionOfId: () => Promise.resolve(undefined),
  });
  const followed = async (): Promise<void> => trees.waitFor((await store.client.head()) ?? -1n, 20_000);
  const until = async (leads: string): Promise<void> => {
    while (supervisor.status.state !== leads) await delay(10);
  };
  const stop = async (): Promise<void> => (await supervisor.stop(), trees.close());
  return { trees, tree, reader, desk, supervisor, proofs, followed, until, stop };
}

async function note(type: NotedEvent['type'] = 'PersonNoted'): Promise<string> {
  const personId = randomUUID();
  await events.execute(notes, personId, { type, data: { personId, name: '某甲' } }, contextOf(randomUUID()));
  return personId;
}

describe('a supervisor', () => {
  it('signs on schedule, and after a period was closed', async () => {
    const one = process();
    one.supervisor.start();
    await one.until('leading');
    await note();
    await one.followed();
    await one.supervisor.tick();
    expect(await one.reader.checkpoints()).toEqual([]);
    time += MINUTE;
    await one.supervisor.tick();
    expect(await one.reader.checkpoint()).toMatchObject({ reason: 'schedule' });
    await note('YearClosed');
    await one.followed();
    await one.supervisor.tick();
    expect(await one.reader.checkpoints()).toHaveLength(1);
    time += 6_000;
    await one.supervisor.tick();
    expect(await one.reader.checkpoint()).toMatchObject({ reason: 'period-close' });
    time += 60 * MINUTE;
    await one.followed();
    await one.supervisor.tick();
    expect(await one.reader.checkpoints()).toHaveLength(2);
    await one.stop();
  });

  it('leads alone; the next takes over when it is gone', async () => {
    const [one, two] = [process(), process()];
    one.supervisor.start();
    await one.until('leading');
    two.supervisor.start();
    await note();
    await one.followed();
    expect(two.supervisor.status.state).toBe('standing-by');
    await one.stop();
    await note();
    await two.until('leading');
    await two.followed();
    expect((await two.trees.progress()).size).toBe(two.supervisor.status.leaves);
    await two.stop();
  });

  it('attests each day that is over: checkpoint, digests of the tables, what the checks found or that they did not run', async () => {
    const one = process();
    one.supervisor.start();
    await one.until('leading');
    time += 24 * 60 * MINUTE;
    await one.followed();
    await one.supervisor.tick();
    await one.supervisor.tick();
    const [attested, ...others] = await one.reader.attestations();
    expect(others).toEqual([]);
    expect(attested).toMatchObject({ day: '2026-01-15', findings: 1, tablesAt: '7' });
    const { text, signatures } = readNote(attested?.note ?? '');
    const checkpoint = await one.reader.checkpoint(attested?.size);
    expect(text.split('\n').slice(0, -1)).toEqual([
      'provident/310000 attestation',
      'day 2026-01-15',
      `checkpoint ${checkpoint?.size} ${checkpoint?.root}`,
      'tables at 7 of 3 events',
      `table voucher 3 ${'ab'.repeat(32)}`,
      expect.stringMatching(/^check holds 0 [0-9a-f]{64}$/),
      expect.stringMatching(/^check found 1 [0-9a-f]{64}$/),
      'check broken did not run',
    ]);
    expect(signatures.map(({ id }) => id)).toEqual([parseKey(firstKey.publicKey.text).id]);
    await one.stop();
  });

  it('goes on with another key; checkpoints of the earlier one stay valid, and lead to the new one', async () => {
    const before = process();
    const old = await before.reader.checkpoint();
    await before.stop();
    const one = process([secondKey, firstKey]);
    one.supervisor.start();
    await one.until('leading');
    await note();
    await one.followed();
    time += 2 * MINUTE;
    await one.supervisor.tick();
    const fresh = await one.reader.checkpoint();
    expect(fresh?.size).toBeGreaterThan(old?.size ?? 0);
    await openCheckpoint(old?.note ?? '', [firstKey.publicKey.text]);
    await expect(openCheckpoint(fresh?.note ?? '', [firstKey.publicKey.text])).rejects.toThrow('No known key');
    // Who knows the first key alone is led to the second.
    const handovers = (await one.reader.signingKeys()).flatMap(({ handover }) => handover ?? []);
    const known = await successorsOf(firstKey.publicKey.text, handovers);
    expect(known).toEqual([firstKey.publicKey.text, secondKey.publicKey.text]);
    await openCheckpoint(fresh?.note ?? '', known);
    await expect(successorsOf(secondKey.publicKey.text, handovers)).resolves.toEqual([secondKey.publicKey.text]);
    await one.stop();
  });

  it('signs nothing of a tree that was changed since the last checkpoint', async () => {
    const one = process([secondKey]);
    const before = await one.reader.checkpoint();
    await one.trees.progress();
    const saved = await database.pool.query<{ hashes: Buffer }>('select hashes from transparency.tile where level = 0');
    const hashes = Buffer.from(saved.rows[0]?.hashes ?? '');
    hashes[3] = hashes.readUInt8(3) ^ 1;
    await database.pool.query('update transparency.tile set hashes = $1 where level = 0', [hashes]);
    await expect(one.desk.sign('request')).rejects.toMatchObject({ code: 'checkpoint-inconsistent' });
    await one.trees.clear();
    one.supervisor.start();
    await one.until('leading');
    await one.followed();
    expect((await one.desk.sign('request')).size).toBeGreaterThan(before?.size ?? 0);
    await one.stop();
  });
});

describe('erasing a person’s key', () => {
  it('leaves every proof, every root and every leaf as they were', async () => {
    const one = process([secondKey]);
    one.supervisor.start();
    await one.until('leading');
    const personId = await note();
    await one.followed();
    const { size, root } = await one.desk.sign('request');
    const name = { stream: `noted-${personId}`, revision: 0n };
    const before = proofText(await one.proofs.inclusion(name, size));
    expect(before).not.toContain(Buffer.from('某甲').toString('base64'));
    await keys.erase(personId);
    for await (const { data } of events.read<NotedEvent>(notes, personId)) expect(data.name).toBe(ERASED_TEXT);
    expect(proofText(await one.proofs.inclusion(name, size))).toBe(before);
    await verifyProof(before, [secondKey.publicKey.text]);
    // Built anew from the log as it is after the erasure, the tree has the same root.
    await one.trees.clear();
    await one.supervisor.tick();
    await one.followed();
    const fresh = new TreeReader(one.trees);
    expect(Buffer.from(await fresh.root(size)).toString('base64')).toBe(root);
    await one.stop();
  });
});
