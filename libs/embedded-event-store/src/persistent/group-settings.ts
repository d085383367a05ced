import type { FilterRule } from '../engine/event-filter.js';
import type { GroupKey } from './group-key.js';

export const strategyNames = ['DispatchToSingle', 'RoundRobin', 'Pinned'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** How a group works. Kept in the server's configuration stream, so every field is plain JSON. */
export interface GroupSettings {
  readonly resolveLinks: boolean;
  /** Revision or position of the first event, or where the group began. */
  readonly startFrom: number | 'start' | 'end';
  readonly filter?: FilterRule;
  readonly extraStatistics: boolean;
  /** How long a message may stay unanswered before it is delivered again; 0 for ever. */
  readonly messageTimeoutMs: number;
  /** Deliveries beyond the first, before a message is parked. */
  readonly maxRetryCount: number;
  /** Progress is written at the latest after so many answers, and at the earliest so often, once there are at least the minimum. */
  readonly checkpointAfterMs: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0 for any number. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: StrategyName;
}

/** A group as the configuration keeps it. */
export interface GroupConfig extends GroupKey {
  readonly settings: GroupSettings;
  /** Everything up to and including this place was there before a group that started from the end. */
  readonly beginsAfter: number;
}
