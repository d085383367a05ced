import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NotProven, verifyConsistency, verifyProof, verifyStatement } from '#verifier';
import { LogReader } from '@provident/event-store';
import { businessDate, type RecordedEvent } from '@provident/kernel';
import {
  CheckpointDesk,
  CheckpointReader,
  newWitnessKey,
  ProofDesk,
  type ProvenStatement,
  proofText,
  readWitnessRequest,
  signAsWitness,
  StatementProofs,
  Supervisor,
  TreeStore,
} from '@provident/supervision';
import { FIRST_DUES, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* Checkpoints, proofs and statements of a real ledger, checked by the stand-alone verifier with nothing but public keys. */

let office: TestLedger;
let story: SmallStory;
let keys: string[];
const DAY = businessDate('2025-12-31');
const VERIFIER = join(__dirname, '..', '..', 'libs', 'supervision', 'verifier', 'verify.mjs');

const sign = async () => {
  await office.ledger.settled();
  await office.ledger.treeSettled();
  return office.ledger.get(CheckpointDesk).sign('request');
};
const context = (name: string) => office.ledger.context('operator:qian', DAY, 'proofs', name);
const everyEvent = async (): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const batch of office.ledger.get(LogReader).batches({ live: false, maxBatch: 1_000 }))
    events.push(...batch);
  return events;
};

beforeAll(async () => {
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
  await story.pay(0, '2025-07-15', FIRST_DUES);
  await sign();
  keys = (await office.ledger.get(CheckpointReader).signingKeys()).map(({ key }) => key);
});
afterAll(() => office.close());

describe('a checkpoint', () => {
  it('is an event, which the next one covers', async () => {
    const first = await office.ledger.get(CheckpointReader).checkpoint();
    const own = await everyEvent();
    expect(own.at(first?.size ?? 0)).toMatchObject({ type: 'CheckpointSigned', data: { size: first?.size } });
    await story.declare(1);
    const second = await sign();
    const proof = await office.ledger.get(ProofDesk).inclusion({ leaf: first?.size ?? 0 });
    const proven = await verifyProof(proofText(proof), keys);
    expect(proven).toMatchObject({ size: BigInt(second.size), record: { type: 'CheckpointSigned' } });
  });

  it('is not signed twice of one tree, and alone calls for no other', async () => {
    const before = await sign();
    const count = (await office.ledger.get(CheckpointReader).checkpoints()).length;
    await office.ledger.get(Supervisor).tick();
    await office.ledger.get(Supervisor).tick();
    expect((await office.ledger.get(CheckpointReader).checkpoints()).length).toBe(count);
    expect((await office.ledger.get(CheckpointReader).checkpoint(before.size))?.note).toBe(before.note);
  });

  it('lies in the folder as a file, with the keys', async () => {
    const latest = await sign();
    const folder = join(office.ledger.config.dataFolder, 'checkpoints');
    // The supervisor writes it as soon as the checkpoint's own event has come along the log.
    const last = (): string => (existsSync(join(folder, 'latest')) ? readFileSync(join(folder, 'latest'), 'utf8') : '');
    while (last() !== latest.note) await delay(20);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['keys', 'latest', String(latest.size)]));
    expect(statSync(join(office.ledger.config.dataFolder, 'checkpoint.key')).mode & 0o777).toBe(0o600);
  });

  it('is cosigned by a witness whose key never comes here', async () => {
    const key = newWitnessKey('audit.example.cn/w1');
    const desk = office.ledger.get(CheckpointDesk);
    const first = await sign();
    const looks = (text: string, seen = {}) =>
      signAsWitness(readWitnessRequest(text), { key: key.text, logKeys: keys, seen, seconds: 1_767_196_800 });
    const atFirst = looks(first.note);
    await expect(desk.cosign(first.size, atFirst.line, context('early'))).rejects.toMatchObject({
      code: 'witness-unknown',
    });
    await desk.admitWitness(key.publicKey.text, '审计署', context('admit'));
    await desk.cosign(first.size, atFirst.line, context('cosign'));
    await story.pay(1, '2025-08-20', { 养老: '100.00' });
    const second = await sign();
    expect(() => looks(second.note, atFirst.seen)).toThrow('the proof does not begin there');
    const between = await office.ledger.get(ProofDesk).consistency(first.size, second.size);
    const next = looks(between.text, atFirst.seen);
    const cosigned = await desk.cosign(second.size, next.line, context('cosign 2'));
    expect(cosigned.witnesses).toEqual([key.publicKey.text]);
    const both = [...keys, key.publicKey.text];
    const proof = await office.ledger.get(ProofDesk).inclusion({ leaf: 0 });
    expect((await verifyProof(proof, both)).signers.map(({ kind }) => kind)).toEqual(['log', 'witness']);
    const text = await office.ledger.get(ProofDesk).consistency(first.size, second.size);
    expect(await verifyConsistency(first.note, text.text, both)).toMatchObject({
      newer: { size: BigInt(second.size) },
    });
    // Another log of the same name and key, as a forger would show it.
    const forged = { 'provident/310000': { size: first.size, root: Buffer.alloc(32).toString('base64') } };
    expect(() => looks(between.text, forged)).toThrow('is not a continuation');
  });
});

describe('proofs of events', () => {
  it('are found by position, by id, and by stream and revision, for every event under the checkpoint', async () => {
    const { size } = await sign();
    const [desk, events] = [office.ledger.get(ProofDesk), await everyEvent()];
    for (const [leaf, event] of events.slice(0, size).entries()) {
      const { id, position, stream, revision } = event;
      const proof = await desk.inclusion({ stream, revision });
      expect(proof.index).toBe(leaf);
      const proven = await verifyProof(proofText(proof), keys);
      expect(proven.record).toMatchObject({ id, stream, data: JSON.parse(JSON.stringify(event.data)) as object });
      if (leaf % 10 !== 0) continue;
      expect(await desk.inclusion({ position })).toEqual(proof);
      expect(await desk.inclusion({ id })).toEqual(proof);
    }
  });

  it('are refused for what is not there, and for what no checkpoint covers yet', async () => {
    const desk = office.ledger.get(ProofDesk);
    await expect(desk.inclusion({ position: 1n })).rejects.toMatchObject({ code: 'event-unknown' });
    await expect(desk.inclusion({ id: 'no id' })).rejects.toMatchObject({ code: 'event-unknown' });
    const last = (await everyEvent()).at(-1)!;
    await office.ledger.treeSettled();
    await expect(desk.inclusion({ position: last.position })).rejects.toMatchObject({ code: 'not-yet-covered' });
  });

  it('are rejected with any byte changed', async () => {
    const text = proofText(await office.ledger.get(ProofDesk).inclusion({ leaf: 3 }));
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = bytes.readUInt8(at) ^ (1 << (at % 8));
      const accepted = await verifyProof(
        changed.toString('latin1') === text ? '' : changed.toString('utf8'),
        keys,
      ).catch(() => undefined);
      if (accepted !== undefined) throw new Error(`byte ${at} of the proof may be changed: ${changed.toString()}`);
    }
  });
});

describe('a personal statement with its proofs', () => {
  let proven: ProvenStatement;
  beforeAll(async () => {
    await sign();
    proven = await office.ledger.get(StatementProofs).statement(story.anna, 2025, {});
  });

  it('is proven by the stand-alone verifier, in this process and as a program of its own', async () => {
    const shown = JSON.parse(JSON.stringify(proven)) as object;
    expect(await verifyStatement(shown, keys)).toMatchObject({ events: 1, lastRevision: '0' });
    const folder = mkdtempSync(join(tmpdir(), 'provident-proof-'));
    writeFileSync(join(folder, 'statement.json'), JSON.stringify(proven));
    writeFileSync(join(folder, 'key'), `${keys[0] ?? ''}\n`);
    const run = (file: string): string =>
      execFileSync(process.execPath, [VERIFIER, join(folder, file), '--key', join(folder, 'key')], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(JSON.parse(run('statement.json'))).toMatchObject({ proven: 'statement', events: 1 });
    writeFileSync(join(folder, 'forged.json'), JSON.stringify(proven).replace('"10000.00"', '"20000.00"'));
    expect(() => run('forged.json')).toThrow('NOT PROVEN');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a base', (text: string) => text.replace('"base":"10000.00"', '"base":"20000.00"')],
    ['a balance', (text: string) => text.replace('"closing":"800.00"', '"closing":"900.00"')],
    [
      'a line left out',
      (text: string) => text.replace(/"months":\[\{.*?\}\],"corrections"/, '"months":[],"corrections"'),
    ],
    ['a total', (text: string) => text.replace(/("totals":.*?"amount":")1600/, '$11700')],
    ['a movement', (text: string) => text.replace('"balance":"800.00"', '"balance":"801.00"')],
    ['a figure of its own', (text: string) => text.replace('"closed":false', '"closed":false,"bonus":"1.00"')],
    ['another person', (text: string) => text.replace(`"personId":"${story.anna}"`, `"personId":"${story.carla}"`)],
    ['an entry left out', (text: string) => text.replace(/"events":\[\{.*\}\]/, '"events":[]')],
  ])('is rejected with %s changed', async (_what, forge) => {
    const text = JSON.stringify(proven);
    const forged = forge(text);
    expect(forged).not.toBe(text);
    await expect(verifyStatement(forged, keys)).rejects.toThrow(NotProven);
  });
});

describe('a statement with a correction', () => {
  it('is proven, but for the words of the reason', async () => {
    await story.correct(story.anna, story.carla, '2025-09-01');
    await sign();
    const corrected = await office.ledger.get(StatementProofs).statement(story.anna, 2025, {});
    expect(corrected.statement.corrections).toHaveLength(1);
    const shown = JSON.stringify(corrected);
    expect(await verifyStatement(shown, keys)).toMatchObject({ events: 2 });
    await expect(verifyStatement(shown.replace('"-800.00"', '"-700.00"'), keys)).rejects.toThrow(NotProven);
  });
});

describe('the tree', () => {
  it('built anew from the log agrees with every checkpoint signed before', async () => {
    const before = await office.ledger.get(CheckpointReader).checkpoints();
    await office.ledger.get(TreeStore).clear();
    await office.ledger.treeSettled();
    for (const { size, root } of before) {
      const { older } = await office.ledger.get(ProofDesk).consistency(size);
      expect(older.root).toBe(root);
      const [proof] = [await office.ledger.get(ProofDesk).inclusion({ leaf: size - 1 }, size)];
      await verifyProof(proof, keys);
    }
  });
});
