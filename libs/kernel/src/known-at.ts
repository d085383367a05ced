import { isBusinessDate } from './business-date.js';
import { DomainError } from './domain-error.js';

/**
 * "As known at", as people write it: a position of the log, or a time, which stands for the last position that the log had
 * taken by then.
 */
export type KnownAtText =
  | { readonly kind: 'position'; readonly position: bigint }
  /** An instant in RFC 3339. */
  | { readonly kind: 'instant'; readonly instant: string };

/** What such a text must look like, for whoever wrote another one. */
export const KNOWN_AT_FORM =
  'a log position (12345), a day (2026-07-31, its end in China), or an instant with its offset (2026-07-31T17:00:00+08:00)';

const POSITION = /^\d{1,18}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

export function isKnownAtText(text: string): boolean {
  return POSITION.test(text) || isBusinessDate(text) || isInstant(text);
}

/** Throws `known-at-malformed`. A day ends with its last millisecond, which is as finely as the log keeps time. */
export function knownAtText(text: string): KnownAtText {
  if (POSITION.test(text)) return { kind: 'position', position: BigInt(text) };
  if (isBusinessDate(text)) return { kind: 'instant', instant: `${text}T23:59:59.999+08:00` };
  if (isInstant(text)) return { kind: 'instant', instant: text };
  throw new DomainError(
    'known-at-malformed',
    `"${text}" is no point at which something was known.`,
    `A point of knowledge is ${KNOWN_AT_FORM}.`,
    'Write it in one of these forms.',
    { value: text },
  );
}

function isInstant(text: string): boolean {
  return INSTANT.test(text) && isBusinessDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}
