import { type BusinessDate, birthDateOf, citizenNumberFault, Money, sexOf } from '@provident/kernel';

/** What the register tells of a person, where it may be told. */
export type CitizenNumberOf = (personId: string) => Promise<string | undefined>;

const UNKNOWN = 'unknown';
const AGES = [25, 35, 45, 55, 65];
const WAGES = ['5000', '10000', '20000', '40000'].map((each) => Money.of(`${each}.00`));

/** Sex and age band of a citizen number on a day; both unknown where there is none, as after an erasure. */
export function ageAndSex(citizenNumber: string | undefined, on: BusinessDate): { age: string; sex: string } {
  if (citizenNumber === undefined || citizenNumberFault(citizenNumber) !== undefined)
    return { age: UNKNOWN, sex: UNKNOWN };
  const birth = birthDateOf(citizenNumber);
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5) < birth.slice(5) ? 1 : 0);
  return { age: band(years, AGES, (bound) => String(bound)), sex: sexOf(citizenNumber) };
}

/** Band of a monthly wage, in yuan. */
export function wageBand(wage: Money): string {
  const at = WAGES.findIndex((bound) => wage.fen < bound.fen);
  const names = WAGES.map((each) => each.toString().replace('.00', ''));
  if (at === 0) return `below ${names[0]}`;
  return at < 0 ? `${names.at(-1)} and more` : `${names[at - 1]} to below ${names[at]}`;
}

function band(value: number, bounds: readonly number[], name: (bound: number) => string): string {
  const at = bounds.findIndex((bound) => value < bound);
  if (at === 0) return `below ${name(bounds[0] ?? 0)}`;
  return at < 0
    ? `${name(bounds.at(-1) ?? 0)} and more`
    : `${name(bounds[at - 1] ?? 0)} to ${name((bounds[at] ?? 0) - 1)}`;
}
