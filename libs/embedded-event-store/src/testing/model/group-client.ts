import {
  END,
  type EventStoreDBClient,
  PARK,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
  RETRY,
  SKIP,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import type { Answer, GroupPlan } from './group-model.js';

const GROUP = 'clerks';
const nacks = { park: PARK, retry: RETRY, skip: SKIP } as const;
type AllMessage = Parameters<PersistentSubscriptionToAll['ack']>[0];
export type Subscription = PersistentSubscriptionToStream | PersistentSubscriptionToAll;

/** What a group's information says that a model can foretell. */
export interface GroupFacts {
  readonly parked: number;
  readonly connections: number;
  readonly inFlight: number;
  readonly maxRetryCount: number;
  readonly maxCheckpointCount: number;
  /** Of a group on a stream. */
  readonly checkpoint: number | undefined;
}

/** The persistent subscription calls of the official client, the same for a stream and for `$all`. */
export class GroupClient {
  constructor(
    private readonly client: EventStoreDBClient,
    private readonly source: string,
  ) {}

  private get isAll(): boolean {
    return this.source === '$all';
  }

  /** @param position of the event at `plan.startFrom`, for `$all` */
  create(plan: GroupPlan, position: bigint | undefined): Promise<void> {
    if (!this.isAll) return this.client.createPersistentSubscriptionToStream(this.source, GROUP, onStream(plan));
    const filter = streamNameFilter({ prefixes: ['account-'] });
    return this.client.createPersistentSubscriptionToAll(GROUP, onAll(plan, position), { filter });
  }

  update(plan: GroupPlan, position: bigint | undefined): Promise<void> {
    return this.isAll
      ? this.client.updatePersistentSubscriptionToAll(GROUP, onAll(plan, position))
      : this.client.updatePersistentSubscriptionToStream(this.source, GROUP, onStream(plan));
  }

  delete(): Promise<void> {
    return this.isAll
      ? this.client.deletePersistentSubscriptionToAll(GROUP)
      : this.client.deletePersistentSubscriptionToStream(this.source, GROUP);
  }

  replay(stopAt: number | undefined): Promise<void> {
    const options = stopAt === undefined ? {} : { stopAt };
    return this.isAll
      ? this.client.replayParkedMessagesToAll(GROUP, options)
      : this.client.replayParkedMessagesToStream(this.source, GROUP, options);
  }

  subscribe(bufferSize: number): Subscription {
    return this.isAll
      ? this.client.subscribeToPersistentSubscriptionToAll(GROUP, { bufferSize })
      : this.client.subscribeToPersistentSubscriptionToStream(this.source, GROUP, { bufferSize });
  }

  async facts(): Promise<GroupFacts> {
    const { stats, settings, connections } = this.isAll
      ? await this.client.getPersistentSubscriptionToAllInfo(GROUP)
      : await this.client.getPersistentSubscriptionToStreamInfo(this.source, GROUP);
    const checkpoint = 'lastCheckpointedEventRevision' in stats ? stats.lastCheckpointedEventRevision : undefined;
    return {
      parked: Number(stats.parkedMessageCount),
      connections: connections.length,
      inFlight: connections.reduce((sum, { inFlightMessages }) => sum + inFlightMessages, 0),
      maxRetryCount: settings.maxRetryCount,
      maxCheckpointCount: settings.checkPointUpperBound,
      checkpoint: checkpoint === undefined ? undefined : Number(checkpoint),
    };
  }
}

export function answerWith(subscription: Subscription, answer: Answer, message: AllMessage): Promise<void> {
  return answer === 'ack'
    ? subscription.ack(message)
    : subscription.nack(nacks[answer], 'as the history says', message);
}

/** Checkpoints are written by count alone and nothing times out, so that no clock decides what is delivered again. */
const common = ({ maxRetryCount, maxCheckpointCount }: GroupPlan) => ({
  maxRetryCount,
  checkPointUpperBound: maxCheckpointCount,
  checkPointLowerBound: 1,
  checkPointAfter: 3_600_000,
  messageTimeout: 3_600_000,
});

const onStream = (plan: GroupPlan) =>
  streamSettings({
    ...common(plan),
    startFrom: plan.startFrom === 'start' ? START : plan.startFrom === 'end' ? END : BigInt(plan.startFrom),
  });

const onAll = (plan: GroupPlan, position: bigint | undefined) =>
  allSettings({
    ...common(plan),
    startFrom:
      position === undefined ? (plan.startFrom === 'end' ? END : START) : { commit: position, prepare: position },
  });
