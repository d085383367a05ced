import type { PersonIndex } from '@provident/access/personal/person-index';
import { type EventStore } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId, DomainError, type Month, Money } from '@provident/kernel';
import {
  contributionDue,
  type ContributionTerms,
  contributionTerms,
  type PolicyBook,
  takesPartIn,
} from '@provident/policy';
import { type DeclaredLine, declaration, declarationStreamId } from './declaration.js';
import { openDeclarationFile } from './declaration-file.js';
import type { FileOptions, FileOutcome, FileSource } from '@provident/files';
import { LIMITS } from './limits.js';
import { checkPayroll, type PayrollPerson } from './payroll-check.js';
import { checkMayDeclare } from './may-declare.js';
import { employerView, riskClassIn } from './register-views.js';

export interface DeclarationFile {
  readonly index: PersonIndex;
  readonly employer: string;
  readonly month: Month;
  readonly file: FileSource;
  readonly options: FileOptions;
}

/**
 * Takes in an employer's monthly declaration: every row is checked first, and a single fault keeps the whole file out
 * (unless the good rows are asked for). Then the lines are appended in runs and closed by the totals. A file cut short by
 * a crash goes on where it stopped when it is filed again; a file that is in already changes nothing.
 */
export async function fileDeclaration(
  store: EventStore,
  policy: PolicyBook,
  { index, employer, month, file: source, options }: DeclarationFile,
  context: CommandContext,
): Promise<FileOutcome> {
  const facts = (await store.load(employerView, employer)).state;
  const riskClass = riskClassIn(facts, month);
  if (riskClass === undefined) throw employerUnknown(employer);
  const file = await openDeclarationFile(source, month);
  const streamId = declarationStreamId(employer, month);
  const faults = file.newFaultList();
  const { state, position } = await store.load(declaration, streamId);
  if (state.declared?.fileHash === file.sha256) {
    return { written: true, rows: state.lines, faults: faults.report(), position };
  }
  checkMayDeclare(facts, month);
  const payroll = await checkPayroll(store, { index, employer, month, file }, faults);
  const report = faults.report();
  if (report.total > 0 && options.acceptGoodRows !== true && options.checkOnly !== true) {
    return { written: false, rows: 0, faults: report, position: undefined };
  }
  if (options.checkOnly === true) {
    return { written: false, rows: payroll.people.length, faults: report, position: undefined };
  }
  if (payroll.people.length === 0) throw nobodyDeclared(employer, month);

  const terms = contributionTerms(policy, { area: context.area, month, riskClass });
  const fileHash = file.sha256;
  const header = { employer, month, fileHash };
  const step = (name: string) => causedBy(context, deterministicId('declare', fileHash, streamId, name));
  for (let at = 0; at < payroll.people.length; at += LIMITS.linesPerEvent) {
    const lines = payroll.people.slice(at, at + LIMITS.linesPerEvent).map((person) => lineOf(person, terms));
    await store.execute(
      declaration,
      streamId,
      { type: 'DeclareLines', ...header, firstLine: at, lines },
      step(`lines ${at}`),
    );
    options.onProgress?.(at + lines.length);
  }
  for (let first = 0; first < payroll.leavers.length; first += LIMITS.leaversPerEvent) {
    const people = payroll.leavers.slice(first, first + LIMITS.leaversPerEvent);
    await store.execute(
      declaration,
      streamId,
      { type: 'DeclareLeavers', ...header, first, people },
      step(`leavers ${first}`),
    );
  }
  const declared = await store.execute(
    declaration,
    streamId,
    {
      type: 'Declare',
      declarationId: deterministicId('declaration', streamId, fileHash),
      ...header,
      rates: terms.lines,
      ...terms.bounds,
      parameters: terms.parameters,
    },
    step('close'),
  );
  return { written: true, rows: payroll.people.length, faults: report, position: declared.position };
}

/** What one person's month costs: nothing for a scheme in which the person takes no part. */
function lineOf(person: PayrollPerson, terms: ContributionTerms): DeclaredLine {
  const { personId, wage, schemes, joins } = person;
  const { base, amounts } = contributionDue(terms, wage);
  const takesPart = terms.lines.map(({ scheme }) => takesPartIn(schemes, scheme));
  return {
    personId,
    wage,
    base,
    amounts: amounts.map((amount, place) => (takesPart[place] === true ? amount : Money.zero)),
    joins: joins ? schemes : undefined,
  };
}

function employerUnknown(employer: string): DomainError {
  return new DomainError(
    'employer-unknown',
    'The employer is not registered.',
    '社会保险法 第57条: an employer registers with the agency before it pays contributions.',
    'Register the employer first (ledgerctl import employers FILE).',
    { employer },
  );
}

function nobodyDeclared(employer: string, month: Month): DomainError {
  return new DomainError(
    'nobody-declared',
    `The file declares nobody of ${employer} for ${month}.`,
    '社会保险法 第60条: a declaration says for whom contributions are due.',
    'An employer without staff has its registration suspended instead.',
    { employer, month },
  );
}
