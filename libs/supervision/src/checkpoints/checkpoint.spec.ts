import { businessDate, fold } from '@provident/kernel';
import { EMPTY_TREE } from '../tree/tree-store.js';
import { type CheckpointCommand, checkpoints, type CheckpointState, handoverText } from './checkpoint.js';
import type { CheckpointEvent } from './events.js';
import { keyOfSeed, LOG_KEY, newKey, type PrivateKey, WITNESS_KEY } from './note-keys.js';
import { dueAttestation, dueCheckpoint, type Moment } from './schedule.js';
import { checkpointText, cosign, signNote } from './signed-note.js';
import { readSigningKey } from './signing-keys.js';

const ORIGIN = 'provident/310000';
const DAY = businessDate('2026-01-15');
const [first, second] = [1, 2].map((seed) => keyOfSeed(ORIGIN, LOG_KEY, Buffer.alloc(32, seed))) as [
  PrivateKey,
  PrivateKey,
];
const witness = newKey('audit.example.cn/w1', WITNESS_KEY);
const rootOf = (size: number): string => Buffer.alloc(32, size).toString('base64');
const text = (size: number, root = rootOf(size)): string => checkpointText({ origin: ORIGIN, size, root });

/** The events of the commands, one after the other. */
function history(...commands: readonly CheckpointCommand[]): CheckpointEvent[] {
  const events: CheckpointEvent[] = [];
  for (const command of commands) events.push(...checkpoints.decide(command, fold(checkpoints, events)));
  return events;
}
const state = (...commands: readonly CheckpointCommand[]): CheckpointState => fold(checkpoints, history(...commands));
const decide = (command: CheckpointCommand, ...before: readonly CheckpointCommand[]) =>
  checkpoints.decide(command, state(...before));

const introduce = (key: PrivateKey, handover?: string): CheckpointCommand => ({
  ...{ type: 'IntroduceKey', key: key.publicKey.text, on: DAY },
  ...(handover === undefined ? {} : { handover }),
});
const sign = (size: number, after?: number, key = first): CheckpointCommand => ({
  ...{
    type: 'SignCheckpoint',
    note: signNote(text(size), key),
    reason: 'schedule',
    signedAt: '2026-01-15T02:00:00.000Z',
  },
  ...(after === undefined ? {} : { after: { size: after, root: rootOf(after) } }),
});

describe('the checkpoints of a log', () => {
  it('only grow, and each is compared with the one before', () => {
    const begun = [introduce(first), sign(5)];
    expect(decide(sign(9, 5), ...begun)).toMatchObject([{ type: 'CheckpointSigned', data: { size: 9 } }]);
    expect(decide(sign(5, 5), ...begun)).toEqual([]);
    expect(() => decide(sign(4, 5), ...begun)).toThrow(expect.objectContaining({ code: 'checkpoint-not-larger' }));
    expect(() => decide(sign(9), ...begun)).toThrow(expect.objectContaining({ code: 'checkpoint-moved' }));
    const changed = { ...sign(9), after: { size: 5, root: rootOf(6) } };
    expect(() => decide(changed, ...begun)).toThrow(expect.objectContaining({ code: 'checkpoint-inconsistent' }));
  });

  it('are signed with the present key, and with no other', () => {
    expect(() => decide(sign(5))).toThrow(expect.objectContaining({ code: 'checkpoint-key-missing' }));
    expect(() => decide(sign(5, undefined, second), introduce(first))).toThrow(
      expect.objectContaining({ code: 'note-not-signed' }),
    );
    const other = newKey('provident/320000', LOG_KEY);
    expect(() => decide(sign(5, undefined, other), introduce(other), introduce(first))).toThrow();
  });

  it('go on with another key, which the one before hands over to', () => {
    const handover = signNote(handoverText(ORIGIN, second.publicKey.text), first);
    const before = [introduce(first), sign(5)];
    expect(decide(introduce(second, handover), ...before)).toMatchObject([{ data: { handover } }]);
    const turned = [...before, introduce(second, handover)];
    expect(decide(sign(9, 5, second), ...turned)).toHaveLength(1);
    expect(() => decide(sign(9, 5, first), ...turned)).toThrow(expect.objectContaining({ code: 'note-not-signed' }));
    expect(() => decide(introduce(first), ...turned)).toThrow(
      expect.objectContaining({ code: 'checkpoint-key-used-up' }),
    );
    const forged = signNote(handoverText(ORIGIN, second.publicKey.text), second);
    expect(() => decide(introduce(second, forged), ...before)).toThrow(
      expect.objectContaining({ code: 'handover-false' }),
    );
    // A lost key is replaced without a handover; the new one has to be told by letter.
    expect(decide(introduce(second), ...before)).toHaveLength(1);
  });

  it('are cosigned by admitted witnesses, once each', () => {
    const admit: CheckpointCommand = {
      type: 'AdmitWitness',
      key: witness.publicKey.text,
      institution: '审计署',
      on: DAY,
    };
    const line = cosign(text(5), witness, 1_767_196_800);
    const cosigned: CheckpointCommand = { type: 'CosignCheckpoint', size: 5, line };
    const begun = [introduce(first), sign(5)];
    expect(() => decide(cosigned, ...begun)).toThrow(expect.objectContaining({ code: 'witness-unknown' }));
    expect(decide(cosigned, ...begun, admit)).toMatchObject([{ data: { size: 5, witness: witness.publicKey.text } }]);
    expect(decide(cosigned, ...begun, admit, cosigned)).toEqual([]);
    const ofAnother: CheckpointCommand = { ...cosigned, line: cosign(text(6), witness, 1) };
    expect(() => decide(ofAnother, ...begun, admit)).toThrow(expect.objectContaining({ code: 'cosignature-false' }));
    const dismiss: CheckpointCommand = { type: 'DismissWitness', key: witness.publicKey.text, reason: '到期', on: DAY };
    expect(() => decide(cosigned, ...begun, admit, dismiss)).toThrow(
      expect.objectContaining({ code: 'witness-unknown' }),
    );
    expect(() => decide({ ...admit, key: first.publicKey.text })).toThrow(
      expect.objectContaining({ code: 'key-of-another-kind' }),
    );
  });

  it('take a key of 32 bytes in base64, for their own area only', () => {
    expect(readSigningKey(Buffer.alloc(32, 1).toString('base64'), '310000').publicKey.text).toBe(first.publicKey.text);
    expect(() => readSigningKey(first.text, '320000')).toThrow(expect.objectContaining({ code: 'key-of-another-log' }));
  });
});

describe('the schedule', () => {
  const quiet: Moment = {
    ...{ nowMs: 100_000, everyMs: 60_000, settlesMs: 5_000, lastSize: 10, lastSignedMs: 50_000, lastClosingMs: 0 },
    progress: { ...EMPTY_TREE, size: 20, businessSize: 20 },
  };
  it.each<[string, Partial<Moment>, string | undefined]>([
    ['too early', {}, undefined],
    ['an hour, or what it is, later', { nowMs: 110_000 }, 'schedule'],
    ['nothing but own events', { nowMs: 110_000, progress: { ...quiet.progress, businessSize: 10 } }, undefined],
    ['a period closed', { progress: { ...quiet.progress, closingSize: 15 } }, 'period-close'],
    ['a period being closed', { progress: { ...quiet.progress, closingSize: 15 }, lastClosingMs: 97_000 }, undefined],
    ['a period closed before the last checkpoint', { progress: { ...quiet.progress, closingSize: 10 } }, undefined],
  ])('%s', (_when, change, due) => {
    expect(dueCheckpoint({ ...quiet, ...change })).toBe(due);
  });

  it('attests yesterday, once, from the first day with a checkpoint on', () => {
    const [today, yesterday] = [businessDate('2026-01-15'), businessDate('2026-01-14')];
    expect(dueAttestation(today, undefined, undefined)).toBeUndefined();
    expect(dueAttestation(today, today, undefined)).toBeUndefined();
    expect(dueAttestation(today, yesterday, undefined)).toBe(yesterday);
    expect(dueAttestation(today, businessDate('2026-01-02'), businessDate('2026-01-09'))).toBe(yesterday);
    expect(dueAttestation(today, yesterday, yesterday)).toBeUndefined();
  });
});
