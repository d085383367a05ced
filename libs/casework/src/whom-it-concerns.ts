import { DomainError } from '@provident/kernel';
import { LIMITS } from './limits.js';

/** People whom a text is about, by their ids; none when absent. */
export interface About {
  readonly concerns?: readonly string[];
}

/** Each once. Throws `concerns-out-of-limits`. */
export function concerned({ concerns = [] }: About): { concerns?: string[] } {
  const people = [...new Set(concerns)];
  if (people.length <= LIMITS.concerned) return people.length === 0 ? {} : { concerns: people };
  throw new DomainError(
    'concerns-out-of-limits',
    `The text concerns ${people.length} people.`,
    `A text concerns at most ${LIMITS.concerned} people: it is erased with each of them.`,
    'Write of fewer people at once, or send a file.',
    { people: people.length },
  );
}

/** What was written there now would be erased at once. Throws `thread-erased`. */
export function notErased({ isErased }: { readonly isErased: boolean }): void {
  if (!isErased) return;
  throw new DomainError(
    'thread-erased',
    'The conversation was erased with a person whom it was about.',
    '个人信息保护法 第47条: personal information is deleted when the duty to keep it has ended.',
    'Begin another conversation.',
  );
}
