import { deepStrictEqual as same } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { waitFor } from '../wait-for.js';
import { answerWith, GroupClient, type GroupFacts, type Subscription } from './group-client.js';
import { type Answer, GroupModel, type GroupPlan } from './group-model.js';
import { labelOf } from './log-model.js';
import type { GroupStep } from './steps.js';
import { revisionOf, type Trial } from './trial.js';

type StepOf<Kind extends GroupStep['kind']> = Extract<GroupStep, { kind: Kind }>;

export async function playGroupStep(trial: Trial, step: GroupStep): Promise<void> {
  const group = new GroupClient(trial.client, step.source);
  const model = trial.groups.get(step.source);
  if (step.kind === 'createGroup') {
    await create(trial, group, step, model);
    return;
  }
  if (!model) {
    same(await missing(group, step), 'persistent-subscription-does-not-exist');
    return;
  }
  switch (step.kind) {
    case 'updateGroup': {
      const { plan, position } = await planOf(trial, step);
      await group.update(plan, position);
      model.restart(plan);
      break;
    }
    case 'deleteGroup':
      await group.delete();
      trial.groups.delete(step.source);
      trial.deletedGroups.set(step.source, model);
      return;
    case 'replay':
      await group.replay(step.stopAt ?? undefined);
      model.replayParked(step.stopAt ?? undefined);
      break;
    case 'consume':
      await consume(trial, group, step, model);
      break;
    case 'groupInfo':
      break;
  }
  await compareFacts(group, model);
}

async function create(
  trial: Trial,
  group: GroupClient,
  step: StepOf<'createGroup' | 'updateGroup'>,
  existing: GroupModel | undefined,
): Promise<void> {
  const { plan, position } = await planOf(trial, step);
  if (existing) {
    same(await failureOf(group.create(plan, position)), 'persistent-subscription-exists');
    return;
  }
  await group.create(plan, position);
  trial.groups.set(step.source, new GroupModel(trial.log, plan, trial.deletedGroups.get(step.source)));
}

/** A group on $all begins at an event's position, which must be known first; where there is no such event, at the start. */
async function planOf(
  trial: Trial,
  step: StepOf<'createGroup' | 'updateGroup'>,
): Promise<{ plan: GroupPlan; position: bigint | undefined }> {
  if (step.source !== '$all' || typeof step.startFrom === 'string') return { plan: step, position: undefined };
  await trial.compareLog();
  const position = trial.log.entries[step.startFrom]?.position;
  return { plan: position === undefined ? { ...step, startFrom: 'start' } : step, position };
}

async function missing(group: GroupClient, step: GroupStep): Promise<string> {
  switch (step.kind) {
    case 'createGroup':
    case 'updateGroup':
      return failureOf(group.update(step, undefined));
    case 'deleteGroup':
      return failureOf(group.delete());
    case 'replay':
      return failureOf(group.replay(undefined));
    case 'groupInfo':
      return failureOf(group.facts());
    case 'consume': {
      const subscription = group.subscribe(1);
      return failureOf(
        new Promise((resolve, reject) => {
          subscription.once('error', reject);
          subscription.once('confirmation', resolve);
        }),
      );
    }
  }
}

/** A consumer comes, answers what it has had longest, one after the other, and leaves without answering the rest. */
async function consume(
  trial: Trial,
  group: GroupClient,
  { source, bufferSize, answers }: StepOf<'consume'>,
  model: GroupModel,
): Promise<void> {
  // What a group still gets of a stream that is gone for good is not specified.
  if (source !== '$all' && trial.log.stream(source).isTombstoned) return;
  const consumer = new Consumer(group.subscribe(bufferSize));
  await consumer.confirmed();
  model.connect(bufferSize);
  await consumer.settle(model);
  for (const answer of answers) {
    if (!model.hasInFlight) break;
    await consumer.answerOldest(answer);
    model.answerOldest(answer);
    await consumer.settle(model);
    // A message counts as answered when its parking is on disk, and by that count checkpoints are written.
    if (answer !== 'ack') {
      await waitFor('what is refused is parked', async () => (await group.facts()).parked === model.parkedCount);
    }
  }
  // An answer must have arrived before its sender goes.
  await waitFor('the answers arrive', async () => (await group.facts()).inFlight === model.inFlightCount);
  model.disconnect();
  await consumer.leave();
  await waitFor('the consumer is gone', async () => (await group.facts()).connections === 0);
}

async function compareFacts(group: GroupClient, model: GroupModel): Promise<void> {
  const { maxRetryCount, maxCheckpointCount, source } = model.plan;
  const wanted: GroupFacts = {
    parked: model.parkedCount,
    connections: 0,
    inFlight: 0,
    maxRetryCount,
    maxCheckpointCount,
    checkpoint: source === '$all' ? undefined : model.checkpoint,
  };
  let facts = await group.facts();
  // What is parked or answered last may still be on its way to the disk.
  await waitFor(`${JSON.stringify(wanted)} is said of a group, not ${JSON.stringify(facts)}`, async () => {
    facts = await group.facts();
    return isDeepStrictEqual(facts, wanted);
  });
}

type Message = Parameters<typeof answerWith>[2];

class Consumer {
  private readonly received: string[] = [];
  private readonly inFlight: Message[] = [];
  private isConfirmed = false;
  private failure: Error | undefined;

  constructor(private readonly subscription: Subscription) {
    subscription.on('confirmation', () => (this.isConfirmed = true));
    subscription.on('error', (error: Error) => (this.failure = error));
    subscription.on('data', (message: Message & { retryCount: number }) => {
      const { event } = message;
      const label = event ? labelOf(event.streamId, revisionOf(event.revision)) : 'nothing';
      this.received.push(`${label} #${message.retryCount}`);
      this.inFlight.push(message);
    });
  }

  confirmed(): Promise<void> {
    return waitFor('a consumer is confirmed', () => {
      if (this.failure) throw this.failure;
      return this.isConfirmed;
    });
  }

  async settle({ delivered }: GroupModel): Promise<void> {
    await waitFor(`${delivered.join(', ')} are delivered; there are ${this.received.join(', ')}`, () => {
      if (this.failure) throw this.failure;
      return this.received.length >= delivered.length;
    });
    same(this.received, delivered);
  }

  async answerOldest(answer: Answer): Promise<void> {
    const message = this.inFlight.shift();
    if (!message) throw new Error('Nothing was delivered.');
    await answerWith(this.subscription, answer, message);
  }

  leave(): Promise<void> {
    return this.subscription.unsubscribe();
  }
}

async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'it succeeded';
  } catch (error) {
    return (error as { type?: string }).type ?? String(error);
  }
}
