import { deepStrictEqual as same } from 'node:assert';
import { BACKWARDS, END, FORWARDS, type ResolvedEvent, START } from '@eventstore/db-client';
import { rawClient } from '../raw-client.js';
import { type WireEvent, wireEvent } from '../read-response.js';
import { take } from '../test-store.js';
import { idText, labelOf, typeOf } from './log-model.js';
import type { ReadAllStep, ReadStep } from './steps.js';
import type { Entry, StreamModel } from './stream-model.js';
import { revisionOf, samePosition, type Trial } from './trial.js';

const directions = { forwards: FORWARDS, backwards: BACKWARDS } as const;

/** An event as `LogModel.show` shows it. */
function shown({ event, link }: WireEvent): string {
  const label = (part: typeof event): string => (part ? labelOf(part.streamId, revisionOf(part.revision)) : 'nothing');
  return link ? `${label(link)} -> ${label(event)}` : label(event);
}

export async function read(trial: Trial, step: ReadStep): Promise<void> {
  // What a read forwards from the end answers is not specified.
  const from = step.direction === 'forwards' && step.from === 'end' ? 'start' : step.from;
  const model = trial.log.stream(step.stream);
  const events = await readOrWhyNot(
    trial.client.readStream(step.stream, {
      direction: directions[step.direction],
      fromRevision: from === 'start' ? START : from === 'end' ? END : BigInt(from),
      maxCount: step.count,
      resolveLinkTos: step.resolves,
    }) as AsyncIterable<ResolvedEvent>,
  );
  if (typeof events === 'string' || model.absence !== undefined) {
    same(events, model.absence);
    return;
  }
  const wanted = revisionsOf(model, { ...step, from }).map((revision) => model.entries[revision] ?? -1);
  compareEvents(
    trial,
    events,
    wanted.map((place) => trial.log.entries[place] as Entry),
    step.resolves,
  );
}

function revisionsOf(model: StreamModel, { direction, from, count }: ReadStep): number[] {
  if (direction === 'forwards') return model.shownFrom(typeof from === 'number' ? from : 0).slice(0, count);
  const newest = from === 'start' ? 0 : from === 'end' ? model.last : Math.min(from, model.last);
  return model
    .shownFrom(0)
    .filter((revision) => revision <= newest)
    .reverse()
    .slice(0, count);
}

async function readOrWhyNot(events: AsyncIterable<ResolvedEvent>): Promise<WireEvent[] | string> {
  try {
    return (await take(events)) as WireEvent[];
  } catch (error) {
    const { type } = error as { type?: string };
    if (type === 'stream-not-found') return 'missing';
    if (type === 'stream-deleted') return 'deleted';
    throw error;
  }
}

const prefixes = (...prefix: string[]) => ({ regex: '', prefix });
const regex = (text: string) => ({ regex: text, prefix: [] });
const filters: Readonly<Record<ReadAllStep['filter'], object>> = {
  'stream prefix': { streamIdentifier: prefixes('account-', '缴费') },
  'stream regex': { streamIdentifier: regex('^(account-1|缴费@3)$') },
  'type prefix': { eventType: prefixes('Ev') },
  'type regex': { eventType: regex('^(Even|Odd)$') },
};

function passes({ stream, id }: Entry, filter: ReadAllStep['filter']): boolean {
  const type = id === undefined ? '$' : typeOf(id);
  switch (filter) {
    case 'stream prefix':
      return !stream.startsWith('$$');
    case 'stream regex':
      return stream === 'account-1' || stream === '缴费@3';
    case 'type prefix':
      return type === 'Even';
    case 'type regex':
      return type === 'Even' || type === 'Odd';
  }
}

/** Filtered, which the official client cannot ask for: the message is sent as it is. */
export async function readAll(trial: Trial, step: ReadAllStep): Promise<void> {
  await trial.compareLog();
  const { entries } = trial.log;
  const place = typeof step.from === 'number' ? Math.floor((entries.length * step.from) / 1_000) : undefined;
  const position = place === undefined ? undefined : entries[place]?.position;
  const start = position === undefined ? (step.from === 'end' ? 'end' : 'start') : 'inside';
  const all =
    position === undefined
      ? { [start]: {} }
      : { position: { commitPosition: Number(position), preparePosition: Number(position) } };
  const client = rawClient(trial.port);
  const options = {
    all,
    readDirection: step.direction === 'forwards' ? 0 : 1,
    resolveLinks: step.resolves,
    count: step.count,
    filter: { ...filters[step.filter], max: 32, checkpointIntervalMultiplier: 1 },
    uuidOption: { string: {} },
  };
  const answers = (await take(client.read({ options }))) as Buffer[];
  client.close();
  const events = answers.flatMap((bytes) => wireEvent(bytes) ?? []);
  const first = start === 'start' ? 0 : start === 'end' ? entries.length : (place ?? 0);
  const within = step.direction === 'forwards' ? entries.slice(first) : entries.slice(0, first).reverse();
  const wanted = within.filter((entry) => passes(entry, step.filter)).slice(0, step.count);
  compareEvents(trial, events, wanted, step.resolves);
}

function compareEvents(trial: Trial, events: readonly WireEvent[], wanted: readonly Entry[], resolves: boolean): void {
  same(
    events.map(shown),
    wanted.map((entry) => trial.log.show(entry, resolves)),
  );
  for (const [index, { event, link, commitPosition }] of events.entries()) {
    const entry = wanted[index];
    const original = link ?? event;
    if (!original || !entry) throw new Error('An event came without itself.');
    if (entry.id !== undefined) same([original.id, original.type], [idText(entry.id), typeOf(entry.id)]);
    same(original.position.commit, commitPosition);
    samePosition(entry, original.position.commit);
  }
}
