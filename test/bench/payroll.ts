import { citizenCheckCharacter, creditCodeCheckCharacter, Money, type Month } from '@provident/kernel';
import { type ContributionTerms, contributionDue } from '@provident/policy';

/** Employers, people and their files, made up by number: the same numbers give the same files. */

const STAFF = 100;

export function employersFor(people: number): number {
  return Math.ceil(people / STAFF);
}

export function creditCode(employer: number): string {
  const first = `91310199${String(employer).padStart(9, '0')}`;
  return first + creditCodeCheckCharacter(first);
}

/** A well-formed number in a district that does not exist. */
export function citizenNumber(person: number): string {
  const year = 1960 + (Math.floor(person / 999) % 45);
  const month = String(1 + (Math.floor(person / 44_955) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(person / 539_460) % 28)).padStart(2, '0');
  const first = `310199${year}${month}${day}${String(1 + (person % 999)).padStart(3, '0')}`;
  return first + citizenCheckCharacter(first);
}

export function nameOf(person: number): string {
  return `示例${person}`;
}

/** Wages below the floor, between the bounds and above the ceiling. */
export function wageOf(person: number): Money {
  return Money.fromFen(BigInt(400_000 + ((person * 7919) % 4_000_000)));
}

export function staffOf(employer: number, people: number): number[] {
  const first = employer * STAFF;
  return Array.from({ length: Math.min(STAFF, people - first) }, (_, at) => first + at);
}

export function employersFile(people: number): Buffer {
  const rows = Array.from(
    { length: employersFor(people) },
    (_, at) => `${creditCode(at)},示例单位${at},${1 + (at % 8)},2025-01-02`,
  );
  return Buffer.from(['credit_code,name,risk_class,registered_on', ...rows, ''].join('\n'));
}

export function peopleFile(people: number): Buffer {
  const rows = Array.from(
    { length: people },
    (_, at) => `${citizenNumber(at)},${nameOf(at)},${creditCode(Math.floor(at / STAFF))},养老;医疗;失业;工伤,2025-01`,
  );
  return Buffer.from(['citizen_number,name,employer_credit_code,schemes,from_month', ...rows, ''].join('\n'));
}

export function declarationFile(employer: number, people: number): Buffer {
  const rows = staffOf(employer, people).map((at) => `${citizenNumber(at)},${nameOf(at)},${wageOf(at).toString()}`);
  return Buffer.from(['citizen_number,name,wage', ...rows, ''].join('\n'));
}

const FUNDS = {
  pension: ['pension'],
  medical: ['medical', 'maternity'],
  unemployment: ['unemployment'],
  'work-injury': ['work-injury'],
};

/** Receipts that pay every employer's month exactly. */
export function receiptsFile(month: Month, people: number, termsOf: (riskClass: number) => ContributionTerms): Buffer {
  const rows: string[] = [];
  for (let employer = 0; employer < employersFor(people); employer += 1) {
    const terms = termsOf(1 + (employer % 8));
    const sums = terms.lines.map(() => 0n);
    for (const person of staffOf(employer, people)) {
      contributionDue(terms, wageOf(person)).amounts.forEach((amount, at) => {
        sums[at] = (sums[at] ?? 0n) + amount.fen;
      });
    }
    for (const [fund, schemes] of Object.entries(FUNDS)) {
      const fen = terms.lines.reduce(
        (sum, line, at) => (schemes.includes(line.scheme) ? sum + (sums[at] ?? 0n) : sum),
        0n,
      );
      const code = creditCode(employer);
      rows.push(`B${month}-${employer}-${fund},${month}-20,${fund},${Money.fromFen(fen).toString()},示例,${code},`);
    }
  }
  return Buffer.from(['bank_reference,value_date,fund,amount,payer_name,credit_code,purpose', ...rows, ''].join('\n'));
}
