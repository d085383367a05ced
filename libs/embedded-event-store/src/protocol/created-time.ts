import { idOf, namesOf, recordOf } from './event-frame.js';
import { messages } from './requests.js';

/** When the event was written, in milliseconds since 1970. */
export function createdMsOf(frame: Buffer): number {
  const ticks = messages.recordedEvent.decode(recordOf(frame)).metadata['created'];
  if (ticks === undefined) throw new Error(`Event ${idOf(frame)} of ${namesOf(frame).stream} has no time of creation.`);
  return Number(ticks) / 10_000;
}
