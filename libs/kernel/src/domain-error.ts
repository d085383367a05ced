/**
 * A command or calculation that the rules refuse. Not a fault of the program: the text is for the person who asked.
 *
 * `code` is stable and machine-readable; `message` says what happened; `rule` names the article or the house rule that
 * refuses; `remedy` says what to do about it; `details` carries the values concerned (never personal data).
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    message: string,
    readonly rule: string,
    readonly remedy: string,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

/** Thrown where the program contradicts itself: an assertion that stays on in production. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Asserts what must hold if the program is right. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message);
}
