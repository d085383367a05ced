import type { RecordedEvent } from '@provident/kernel';

/** Where a figure of a statement stands in the log, to be looked up or proved. */
export interface Evidence {
  readonly eventId: string;
  readonly position: string;
}

export function evidence(event: RecordedEvent): Evidence {
  return { eventId: event.id, position: event.position.toString() };
}
