import type { EventData, JSONType } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import {
  BrokenInvariant,
  type CommandContext,
  deterministicId,
  type DomainEvent,
  type EventMetadata,
  type RecordedEvent,
} from '@provident/kernel';
import type { Upcaster } from './aggregate.js';

/** Id of the event at a place of what a command decides: derived, so that a repeated command appends nothing twice. */
export function eventId(context: CommandContext, stream: string, place: number): string {
  return deterministicId('event', context.commandId, stream, String(place));
}

/** An event as the client sends it. */
export function toStored(id: string, event: DomainEvent, version: number, context: CommandContext): EventData {
  const metadata: EventMetadata = { ...context, schemaVersion: version };
  return jsonEvent({
    id,
    type: event.type,
    data: event.data as JSONType,
    metadata: metadata as unknown as JSONType,
  });
}

/** The event with its data brought to the present schema version. Throws for a version newer than this program knows. */
export function upcast(
  event: RecordedEvent,
  upcasters: Readonly<Partial<Record<string, readonly Upcaster[]>>> | undefined,
): RecordedEvent {
  const steps = upcasters?.[event.type] ?? [];
  const version = event.metadata.schemaVersion;
  if (version > steps.length + 1) {
    throw new BrokenInvariant(
      `${event.type} at position ${event.position} has schema version ${version}; this program knows up to ${steps.length + 1}. Upgrade it.`,
    );
  }
  if (version === steps.length + 1) return event;
  let data = event.data as Readonly<Record<string, unknown>>;
  for (const step of steps.slice(version - 1)) data = step(data);
  return { ...event, data };
}
