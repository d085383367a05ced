import { DomainError, ERASED_TEXT } from '@provident/kernel';
import type { InsuredEvent } from './events.js';
import type { InsuredCommand, InsuredState } from './insured.js';

const RULE = '个人信息保护法 第47条: personal information is deleted when the duty to keep it has ended.';

/**
 * Records that a person's data is erased. Somebody who never was insured may be erased too: an employer's administrator is
 * known by the same id. Throws `person-still-insured` while a participation goes on.
 */
export function erasePerson(
  { personId, ground, erasedOn }: Extract<InsuredCommand, { type: 'ErasePerson' }>,
  state: InsuredState,
): readonly InsuredEvent[] {
  if (state.isErased) return [];
  if (state.enrolments.some(({ lastMonth }) => lastMonth === undefined)) {
    throw new DomainError(
      'person-still-insured',
      'The person takes part in a scheme at present.',
      '社会保险法 第74条: the agency keeps the record of every insured person.',
      'End the participation first, and see whether the period for which records are kept is over.',
    );
  }
  const merged = state.absorbed.map((each) => each.personId);
  return [{ type: 'PersonErased', data: { personId, merged, ground, erasedOn } }];
}

/** What a later load would find, whose fields do not open any more. */
export function erased(state: InsuredState): InsuredState {
  const hidden = (text: string | undefined) => (text === undefined ? undefined : ERASED_TEXT);
  return {
    ...state,
    isErased: true,
    name: hidden(state.name),
    citizenNumber: hidden(state.citizenNumber),
    particulars: {},
  };
}

/** An erased person takes no command: `person-erased`. */
export function checkNotErased({ isErased }: InsuredState): void {
  if (!isErased) return;
  throw new DomainError(
    'person-erased',
    "The person's data was erased; nothing can be recorded about this person any more.",
    RULE,
    'Check whether the right person is meant.',
  );
}
