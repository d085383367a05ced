import { FUND_NAMES, type Fund } from '@provident/kernel/schemes';

/** The fund that an address names; `undefined` for what is none. */
export function fundIn(text: string | undefined): Fund | undefined {
  return text !== undefined && Object.hasOwn(FUND_NAMES, text) ? (text as Fund) : undefined;
}
