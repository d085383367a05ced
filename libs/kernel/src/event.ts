import type { BusinessDate } from './business-date.js';
import type { DomainEvent } from './decider.js';

/** Who acted, for what, and when it counts: stored with every event, beside its data. */
export interface EventMetadata {
  /** The command that caused the event; event ids derive from it, so that repeating a command appends nothing twice. */
  readonly commandId: string;
  /** The business conversation: everything that one file, request or case set in motion. */
  readonly correlationId: string;
  /** The event or command that directly caused this one. */
  readonly causationId: string;
  /** Who entered it: an account, or `system:<process>`. */
  readonly actor: string;
  readonly reviewer?: string;
  readonly approver?: string;
  /** The day from which it counts, as opposed to the log position, which says when it was known. */
  readonly effectiveDate: BusinessDate;
  readonly schemaVersion: number;
  /** Pooling area (统筹区), an administrative division code such as 310000. */
  readonly area: string;
}

/** What a command carries beside its content: the metadata of the events it will cause. */
export type CommandContext = Omit<EventMetadata, 'schemaVersion'>;

/** The context of a command that another one consists of or causes: its own id, the same conversation. */
export function causedBy(
  context: CommandContext,
  commandId: string,
  changes: Partial<Pick<CommandContext, 'effectiveDate' | 'actor' | 'causationId'>> = {},
): CommandContext {
  return { ...context, causationId: context.commandId, ...changes, commandId };
}

/** An event as it stands in the log. */
export interface RecordedEvent<Event extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: bigint;
  /** Place in the whole log: strictly increasing, with gaps. */
  readonly position: bigint;
  /** When the log took it. */
  readonly recordedAt: Date;
  readonly type: Event['type'];
  readonly data: Event['data'];
  readonly metadata: EventMetadata;
}
