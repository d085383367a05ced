import { GroupError } from '../persistent/group-error.js';
import type { GroupKey } from '../persistent/group-key.js';
import { type GroupSettings, type StrategyName, strategyNames } from '../persistent/group-settings.js';
import { type Long, toNumber } from '../protocol/messages.js';
import type { CreateOptions, SettingsMessage } from '../protocol/persistent-requests.js';
import { invalidArgument } from './service-error.js';
import { parseFilter } from './read-request.js';
import { streamNameOf } from './stream-name.js';

/** Which group a create or update names; older clients put the stream elsewhere than newer ones. */
export function keyOfCreate(options: CreateOptions): GroupKey {
  const group = groupName(options.groupName);
  if (options.streamOption === 'all') return { stream: undefined, group };
  const identifier = options.streamIdentifier ?? (options.streamOption ? options.stream.streamIdentifier : null);
  return { stream: streamNameOf(identifier), group };
}

export function groupName(name: string): string {
  if (name === '') throw invalidArgument('A persistent subscription must have a group name.');
  return name;
}

/** @throws GroupError `invalid` for an unknown strategy or a negative number */
export function groupSettings(key: GroupKey, options: CreateOptions): GroupSettings {
  const message = options.settings;
  if (!message) throw invalidArgument('A persistent subscription must have settings.');
  return {
    resolveLinks: message.resolveLinks,
    startFrom: startFrom(options, message),
    ...(options.streamOption === 'all' && options.all.filterOption === 'filter'
      ? { filter: parseFilter(options.all.filter).rule }
      : {}),
    extraStatistics: message.extraStatistics,
    messageTimeoutMs: milliseconds(message.messageTimeout, message.messageTimeoutMs, message.messageTimeoutTicks),
    maxRetryCount: message.maxRetryCount,
    checkpointAfterMs: milliseconds(message.checkpointAfter, message.checkpointAfterMs, message.checkpointAfterTicks),
    minCheckpointCount: message.minCheckpointCount,
    maxCheckpointCount: message.maxCheckpointCount,
    maxSubscriberCount: message.maxSubscriberCount,
    liveBufferSize: message.liveBufferSize,
    readBatchSize: message.readBatchSize,
    historyBufferSize: message.historyBufferSize,
    strategy: strategyOf(key, message),
  };
}

function startFrom(options: CreateOptions, message: SettingsMessage): GroupSettings['startFrom'] {
  if (options.streamOption === 'all') {
    const { allOption, position } = options.all;
    return allOption === 'position' ? toNumber(position.commitPosition) : allOption === 'end' ? 'end' : 'start';
  }
  if (options.streamOption === 'stream') {
    const { revisionOption, revision } = options.stream;
    if (revisionOption === 'start' || revisionOption === 'end') return revisionOption;
    if (revisionOption === 'revision') return toNumber(revision);
  }
  const { low, high } = message.revision;
  return low === -1 && high === -1 ? 'end' : toNumber(message.revision);
}

const TICKS_PER_MS = 10_000;

function milliseconds(kind: string | undefined, ms: number, ticks: Long): number {
  return kind?.endsWith('Ticks') === true ? Math.round(toNumber(ticks) / TICKS_PER_MS) : ms;
}

function strategyOf(key: GroupKey, { consumerStrategy, namedConsumerStrategy }: SettingsMessage): StrategyName {
  const name = consumerStrategy === '' ? strategyNames[namedConsumerStrategy] : consumerStrategy;
  const known = strategyNames.find((strategy) => strategy === name);
  if (!known)
    throw new GroupError('invalid', key, `The consumer strategy '${name ?? namedConsumerStrategy}' is unknown.`);
  return known;
}
