import type { DeadLetter } from '@provident/projections/dead-letter';

/** Told of every trouble: one that is tried again after so many milliseconds, or one that stops what it struck. */
export type OnTrouble = (error: unknown, retriedInMs: number | undefined) => void;

export interface RelayStatus {
  /** `failed`: an event or a setting stops it for good; `error` says which. */
  readonly state: 'idle' | 'standing-by' | 'leading' | 'stopped' | 'failed';
  /** Log position up to which everything is in Kafka, as far as this process knows; -1 at first. */
  readonly position: bigint;
  /** Events that this process has sent since it started, repeats included. */
  readonly sent: number;
  /** Lag in events: read from the log and not yet confirmed by Kafka. */
  readonly unconfirmed: number;
  /** Lag in seconds: age of the oldest event that is not yet confirmed; 0 with nothing to send. */
  readonly lagSeconds: number;
  /** The latest trouble; `undefined` once over it. */
  readonly error: unknown;
}

export interface PartitionStatus {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next message to apply. */
  readonly nextOffset: bigint;
  /** Messages behind it that are in Kafka but not applied, when last seen. */
  readonly lag: bigint;
  /** When the log took the last event that was applied. */
  readonly lastEventAt: Date | undefined;
  /** `stopped`: a message that cannot be applied bars the way; `error` says which. */
  readonly state: 'following' | 'waiting' | 'stopped';
  readonly error: unknown;
}

export interface KafkaProjectorStatus {
  readonly state: 'idle' | 'running' | 'stopped';
  /** The partitions that this process has been given at present. */
  readonly partitions: readonly PartitionStatus[];
  /** Events that this process has applied since it started. */
  readonly applied: number;
  readonly deadLetters: number;
  /** The latest trouble with Kafka or PostgreSQL; `undefined` once over it. */
  readonly error: unknown;
}

export type OnDeadLetter = (letter: DeadLetter) => void;
