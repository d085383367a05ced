import { deepStrictEqual as same } from 'node:assert';
import { ANY, binaryEvent, type EventData, jsonEvent, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import { take } from '../test-store.js';
import { idText, linkTextOf, typeOf } from './log-model.js';
import type { DeleteExpectation, Step } from './steps.js';
import type { ModelOutcome, StreamModel } from './stream-model.js';
import { samePosition, type Trial } from './trial.js';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Credentials for one call make the client use the classic append instead of the batch append. */
const ways = { batch: {}, classic: { credentials: { username: 'admin', password: 'changeit' } } } as const;
const names = { any: ANY, no_stream: NO_STREAM, stream_exists: STREAM_EXISTS } as const;

/** The event of an id is always the same, so that a repetition repeats everything. */
export function eventOf(id: number): EventData {
  const link = linkTextOf(id);
  return link === undefined
    ? jsonEvent({ id: idText(id), type: typeOf(id), data: { number: id, 金额: '12.34' }, metadata: { by: '李四' } })
    : binaryEvent({ id: idText(id), type: '$>', data: Buffer.from(link) });
}

export async function append(trial: Trial, step: StepOf<'append'>): Promise<void> {
  const model = trial.log.stream(step.stream);
  const expected = current(step.expected, model);
  const outcome = await outcomeOf(
    trial.client.appendToStream(step.stream, step.ids.map(eventOf), {
      expectedRevision: typeof expected === 'number' ? BigInt(expected) : names[expected],
      ...ways[step.way],
    }),
  );
  compare(trial, outcome, model.append(expected, step.ids));
}

export async function remove(trial: Trial, step: StepOf<'delete' | 'tombstone'>): Promise<void> {
  const model = trial.log.stream(step.stream);
  const expected = current<Exclude<DeleteExpectation, 'current'>>(step.expected, model);
  const options = { expectedRevision: typeof expected === 'number' ? BigInt(expected) : names[expected] };
  const call =
    step.kind === 'delete'
      ? trial.client.deleteStream(step.stream, options)
      : trial.client.tombstoneStream(step.stream, options);
  compare(trial, await outcomeOf(call), model[step.kind](expected));
}

/** Writes metadata as it is, and reads it back with everything that nobody but its owner understands. */
export async function setMetadata(trial: Trial, { stream, json }: StepOf<'metadata'>): Promise<void> {
  const model = trial.log.stream(stream);
  // Whether the metadata of a stream that is gone for good may be written is not specified.
  if (model.isTombstoned) return;
  const event = jsonEvent({ type: '$metadata', data: json as Record<string, string> });
  compare(trial, await outcomeOf(trial.client.appendToStream(`$$${stream}`, [event])), model.setMetadata(json));
  await compareMetadata(trial, model);
}

async function compareMetadata(trial: Trial, model: StreamModel): Promise<void> {
  const events = await take(trial.client.readStream(`$$${model.name}`));
  const shown = events.map(({ event }) => [Number(event?.revision), event?.data]);
  same(shown, [[model.metadataRevision, { ...model.metadata }]]);
}

function current<Other>(expected: Other | 'current', { last }: StreamModel): Other | 'no_stream' | number {
  if (expected !== 'current') return expected;
  return last < 0 ? 'no_stream' : last;
}

type Outcome =
  | { readonly kind: 'done'; readonly last?: number; readonly position: bigint }
  | { readonly kind: 'wrong' | 'deleted' };

interface Answer {
  readonly nextExpectedRevision?: bigint;
  readonly position?: { readonly commit: bigint };
}

async function outcomeOf(call: Promise<Answer>): Promise<Outcome> {
  try {
    const { nextExpectedRevision, position } = await call;
    if (!position) throw new Error('The answer has no position.');
    return {
      kind: 'done',
      position: position.commit,
      ...(nextExpectedRevision === undefined ? {} : { last: Number(nextExpectedRevision) }),
    };
  } catch (error) {
    const { type } = error as { type?: string };
    if (type === 'wrong-expected-version') return { kind: 'wrong' };
    if (type === 'stream-deleted') return { kind: 'deleted' };
    throw error;
  }
}

function compare(trial: Trial, outcome: Outcome, wanted: ModelOutcome): void {
  same(outcome.kind, wanted.kind);
  if (outcome.kind !== 'done' || wanted.kind !== 'done') return;
  if (outcome.last !== undefined) same(outcome.last, wanted.last);
  samePosition(trial.log.entries[wanted.entry], outcome.position);
}
