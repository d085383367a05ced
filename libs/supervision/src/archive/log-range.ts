import { type BusinessDate, isBusinessDate, type RecordedEvent } from '@provident/kernel';

/** A point of the log: a position, or a day by China's calendar on which the log took events. */
export type LogPoint = bigint | BusinessDate;

/** A run of the log, both ends included; to the ends of the log where one is absent. */
export interface LogRange {
  readonly from?: LogPoint | undefined;
  readonly to?: LogPoint | undefined;
}

const DAY_MS = 86_400_000;

/** The first instant of a day in China (UTC+8, no summer time). */
function startOfDay(date: BusinessDate): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}

/** Whether the event stands before the point: of a day, whether the log took it before that day. */
export function isBefore(event: RecordedEvent, point: LogPoint | undefined): boolean {
  if (point === undefined) return false;
  return typeof point === 'bigint' ? event.position < point : event.recordedAt.getTime() < startOfDay(point);
}

/** Whether the event stands after the point: of a day, whether the log took it after that day. */
export function isAfter(event: RecordedEvent, point: LogPoint | undefined): boolean {
  if (point === undefined) return false;
  return typeof point === 'bigint' ? event.position > point : event.recordedAt.getTime() >= startOfDay(point) + DAY_MS;
}

/** Reads "12345" or "2026-07-31"; `undefined` for anything else. */
export function logPointOf(text: string): LogPoint | undefined {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  return isBusinessDate(text) ? text : undefined;
}
