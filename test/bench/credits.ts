import { FileDeclaration, ImportReceipts } from '@provident/collection';
import type { Ledger } from '@provident/assembly';
import { eachConcurrently } from '@provident/event-store';
import { businessDate, type Month, monthFrom } from '@provident/kernel';
import { type ContributionTerms, contributionTerms, loadPolicy } from '@provident/policy';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import { creditCode, declarationFile, employersFile, employersFor, peopleFile, receiptsFile } from './payroll.js';

const FILES_AT_ONCE = 4;

/** Enters the register that the months to be measured rest on. Not measured. */
export async function enterRegister(ledger: Ledger, people: number): Promise<void> {
  const context = ledger.context('bench', businessDate('2025-01-02'), 'bench', 'register');
  await ledger.commands.execute(new ImportEmployers(employersFile(people), {}, context));
  await ledger.commands.execute(new ImportPeople(peopleFile(people), {}, context));
  await ledger.settled();
}

export interface MonthFiles {
  readonly month: Month;
  readonly declarations: readonly { readonly employer: string; readonly file: Buffer }[];
  readonly receipts: Buffer;
}

/** The files of a month, in hand before the clock starts. */
export function monthFiles(ledger: Ledger, monthOfYear: number, people: number): MonthFiles {
  const month = monthFrom(2025, monthOfYear);
  const policy = loadPolicy();
  const area = ledger.config.area;
  const terms = new Map<number, ContributionTerms>();
  const termsOf = (riskClass: number): ContributionTerms => {
    const known = terms.get(riskClass) ?? contributionTerms(policy, { area, month, riskClass });
    terms.set(riskClass, known);
    return known;
  };
  const declarations = Array.from({ length: employersFor(people) }, (_, at) => ({
    employer: creditCode(at),
    file: declarationFile(at, people),
  }));
  return { month, declarations, receipts: receiptsFile(month, people, termsOf) };
}

/** A month from its files to durable events and projected balances. Milliseconds. */
export async function creditMonth(ledger: Ledger, { month, declarations, receipts }: MonthFiles): Promise<number> {
  const startedAt = performance.now();
  const on = businessDate(`${month}-10`);
  await eachConcurrently(declarations, FILES_AT_ONCE, async ({ employer, file }) => {
    const context = ledger.context('bench', on, 'bench', employer, month);
    const outcome = await ledger.commands.execute(new FileDeclaration(employer, month, file, {}, context));
    if (!outcome.written) throw new Error(`The bench's own file is faulty: ${outcome.faults.faults[0]?.reason ?? ''}`);
  });
  await ledger.reactionsIdle();
  const context = ledger.context('bench', on, 'bench', 'receipts', month);
  const outcome = await ledger.commands.execute(new ImportReceipts(receipts, {}, context));
  if (!outcome.written) throw new Error(`The bench's own file is faulty: ${outcome.faults.faults[0]?.reason ?? ''}`);
  await ledger.settled();
  return performance.now() - startedAt;
}
