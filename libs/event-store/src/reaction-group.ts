import {
  ErrorType,
  isCommandError,
  type PersistentSubscriptionToAll,
  persistentSubscriptionToAllSettingsFromDefaults,
  PINNED,
  START,
} from '@eventstore/db-client';
import { deterministicId } from '@provident/kernel';
import { LIMITS } from './limits.js';
import type { StoreClient } from './store-client.js';
import { asStoreError } from './wire/errors.js';

/**
 * The persistent subscription behind a set of reactions: the event store itself keeps how far they are, and shares the
 * events out when several processes run them. Its filter cannot be changed once it exists, so its name carries the set of
 * event types; a program with another set goes on, with a group of its own, where the furthest group of its runner stands.
 */
export class ReactionGroup {
  readonly name: string;
  private readonly family: string;

  constructor(
    private readonly client: StoreClient,
    runner: string,
    private readonly types: readonly string[],
  ) {
    this.family = `reactions-${runner}-`;
    this.name = this.family + deterministicId('reactions', ...[...types].sort()).slice(0, 8);
  }

  /** Makes the group where there is none. Safe to call from several processes at once. */
  async ensure(): Promise<void> {
    if ((await this.find()) !== undefined) return;
    const furthest = await this.furthestOfFamily();
    const settings = persistentSubscriptionToAllSettingsFromDefaults({
      startFrom: furthest === undefined ? START : { commit: furthest, prepare: furthest },
      // One stream's events go to one process, so that their order holds as long as that process lives.
      consumerStrategyName: PINNED,
      // A large employer's month takes minutes. A process that is gone is noticed by its connection.
      messageTimeout: 0,
      // Parked would mean passed over; a reaction that fails stops its runner instead.
      maxRetryCount: LIMITS.reactionDeliveries,
      checkPointAfter: LIMITS.reactionCheckpointMs,
      checkPointLowerBound: 1,
      readBatchSize: LIMITS.reactionReadBatch,
    });
    const regex = `^(${this.types.join('|')})$`;
    await this.client.raw
      .createPersistentSubscriptionToAll(this.name, settings, {
        filter: { filterOn: 'eventType', regex, checkpointInterval: 1 },
      })
      .catch((error: unknown) => {
        if (isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_EXISTS)) return;
        throw asStoreError(error, 'Making the group of the reactions');
      });
  }

  /** Joins the group as one of its consumers. */
  join(): PersistentSubscriptionToAll {
    return this.client.raw.subscribeToPersistentSubscriptionToAll(this.name, { bufferSize: LIMITS.reactionBuffer });
  }

  /** Everything up to here has been reacted to; `undefined` before the first. It lags by `reactionCheckpointMs` at most. */
  async checkpoint(): Promise<bigint | undefined> {
    return (await this.find())?.stats.lastCheckpointedEventPosition?.commit;
  }

  private async find() {
    return this.client.raw.getPersistentSubscriptionToAllInfo(this.name).catch((error: unknown) => {
      if (isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_DOES_NOT_EXIST)) return undefined;
      throw asStoreError(error, 'The question how far the reactions are');
    });
  }

  private async furthestOfFamily(): Promise<bigint | undefined> {
    const groups = await this.client.raw.listPersistentSubscriptionsToAll().catch((error: unknown) => {
      if (isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_DOES_NOT_EXIST)) return [];
      throw asStoreError(error, 'The question which groups there are');
    });
    return groups
      .filter(({ groupName }) => groupName.startsWith(this.family))
      .map(({ stats }) => stats.lastCheckpointedEventPosition?.commit)
      .reduce((furthest, place) => (furthest === undefined || (place ?? -1n) > furthest ? place : furthest), undefined);
  }
}

function isOf(error: unknown, type: ErrorType): boolean {
  return error instanceof Error && isCommandError(error) && error.type === type;
}
