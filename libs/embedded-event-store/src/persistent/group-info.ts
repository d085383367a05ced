import { type GroupKey, placeText, sourceName } from './group-key.js';
import type { Group } from './group.js';
import type { GroupSettings } from './group-settings.js';

/** A group as `SubscriptionInfo` of the protocol. Rates are averages since the group was started. */
export function groupInfo(group: Group, nowMs: number): object {
  const { config } = group;
  const { settings } = config;
  const seconds = Math.max(1, (nowMs - group.startedMs) / 1_000);
  const perSecond = (items: number): number => Math.round(items / seconds);
  const checkpoint = group.checkpoints.place;
  return {
    eventSource: sourceName(config),
    groupName: config.group,
    status: group.isLive ? 'Live' : 'Behind',
    connections: group.consumers.map(({ client, inFlight, delivered, freeSlots, latencies }) => ({
      from: client.peer,
      username: client.username,
      averageItemsPerSecond: perSecond(delivered),
      totalItems: delivered,
      countSinceLastMeasurement: delivered,
      availableSlots: freeSlots,
      inFlightMessages: inFlight,
      connectionName: client.connectionName,
      observedMeasurements: settings.extraStatistics ? latencies.measurements() : [],
    })),
    averagePerSecond: perSecond(group.answered),
    totalItems: group.answered,
    countSinceLastMeasurement: group.answered,
    lastCheckpointedEventPosition: checkpoint === undefined ? '' : placeText(config, checkpoint),
    lastKnownEventPosition: group.newestPlace < 0 ? '' : placeText(config, group.newestPlace),
    resolveLinkTos: settings.resolveLinks,
    startFrom: startText(config, settings),
    messageTimeoutMilliseconds: settings.messageTimeoutMs,
    extraStatistics: settings.extraStatistics,
    maxRetryCount: settings.maxRetryCount,
    liveBufferSize: settings.liveBufferSize,
    bufferSize: settings.historyBufferSize,
    readBatchSize: settings.readBatchSize,
    checkPointAfterMilliseconds: settings.checkpointAfterMs,
    minCheckPointCount: settings.minCheckpointCount,
    maxCheckPointCount: settings.maxCheckpointCount,
    readBufferCount: group.pending.length,
    liveBufferCount: 0,
    retryBufferCount: group.retries.length,
    totalInFlightMessages: group.inFlight.size,
    outstandingMessagesCount: group.outstanding().length,
    namedConsumerStrategy: settings.strategy,
    maxSubscriberCount: settings.maxSubscriberCount,
    parkedMessageCount: group.parked.count(),
  };
}

function startText(key: GroupKey, { startFrom }: GroupSettings): string {
  if (startFrom === 'start') return placeText(key, 0);
  return placeText(key, startFrom === 'end' ? -1 : startFrom);
}
