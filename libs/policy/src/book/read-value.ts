import { invariant, Money, Rate } from '@provident/kernel';
import type { Content, PolicyValue } from './policy-value.js';

/** One field of a value that holds several, e.g. the rate of risk class 3. */
export function field(value: PolicyValue, name: string | number): string {
  const found = (value.content as Readonly<Record<string, Content>>)[String(name)];
  invariant(typeof found === 'string', `${value.definition.id} has no field ${name}`);
  return found;
}

/** The whole value as one text. */
export function textOf(value: PolicyValue): string {
  invariant(typeof value.content === 'string', `${value.definition.id} is not a single value`);
  return value.content;
}

export function rateOf(value: PolicyValue): Rate {
  return Rate.of(textOf(value));
}

export function moneyOf(value: PolicyValue): Money {
  return Money.of(textOf(value));
}

/** The fields of a value as a plain map of texts. */
export function fieldsOf(value: PolicyValue): ReadonlyMap<string, string> {
  return new Map(Object.entries(value.content as Readonly<Record<string, string>>));
}
