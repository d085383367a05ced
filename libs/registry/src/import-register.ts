import { eachConcurrently, type EventStore } from '@provident/event-store';
import type { PersonIndex } from '@provident/access/personal/person-index';
import { causedBy, type CommandContext, deterministicId, DomainError, firstDayOf } from '@provident/kernel';
import type { FileOptions, FileOutcome, FileSource, TypedFile } from '@provident/files';
import { employer } from './employer.js';
import { insured } from './insured.js';
import { LIMITS } from './limits.js';

import { type EmployerRow, openEmployerFile, openPeopleFile, type PersonRow } from './register-file.js';

/** What is done with a row: `look` throws what `carryOut` would refuse, and writes nothing. */
interface RowWork<Row> {
  readonly look: (row: Row) => Promise<void>;
  readonly carryOut: (row: Row, fileHash: string) => Promise<{ position: bigint | undefined }>;
  /** Done for many rows at once before any of them is carried out. */
  readonly prepare?: (rows: readonly Row[]) => Promise<void>;
}

/** Takes a file of employers into the register. The same file again changes nothing. */
export async function importEmployers(
  store: EventStore,
  source: FileSource,
  options: FileOptions,
  context: CommandContext,
): Promise<FileOutcome> {
  const commandOf = ({ creditCode, name, riskClass, registeredOn }: EmployerRow) =>
    ({ type: 'RegisterEmployer', creditCode, name, riskClass, registeredOn }) as const;
  return importRows(await openEmployerFile(source), options, {
    async look(row) {
      employer.decide(commandOf(row), (await store.load(employer, row.creditCode)).state);
    },
    carryOut(row, fileHash) {
      const { creditCode, registeredOn } = row;
      const cause = deterministicId('employer-row', fileHash, creditCode);
      const caused = causedBy(context, cause, { effectiveDate: registeredOn });
      return store.execute(employer, creditCode, commandOf(row), caused, { mostlyNew: true });
    },
  });
}

/** Takes a file of people into the register and enrols them. The same file again changes nothing. */
export async function importPeople(
  store: EventStore,
  index: PersonIndex,
  source: FileSource,
  options: FileOptions,
  context: CommandContext,
): Promise<FileOutcome> {
  const commandOf = ({ citizenNumber, name, employer: through, schemes, from }: PersonRow) => {
    const personId = index.personIdOf(citizenNumber);
    return { type: 'RegisterAndEnrol', personId, citizenNumber, name, employer: through, schemes, from } as const;
  };
  return importRows(await openPeopleFile(source), options, {
    async look(row) {
      const command = commandOf(row);
      insured.decide(command, (await store.load(insured, command.personId)).state);
    },
    carryOut(row, fileHash) {
      const command = commandOf(row);
      const cause = deterministicId('person-row', fileHash, command.personId);
      const caused = causedBy(context, cause, { effectiveDate: firstDayOf(row.from) });
      return store.execute(insured, command.personId, command, caused, { mostlyNew: true });
    },
    // Keys are made a chunk at a time: one by one, each row would ask the vault by itself.
    prepare: (rows) => store.expectPeople(rows.map(({ citizenNumber }) => index.personIdOf(citizenNumber))),
  });
}

/**
 * Checks the whole file, then carries out a command per row, many at a time. A row that the register refuses (an employer
 * registered with other particulars, a person enrolled elsewhere) is reported like a fault of the file.
 */
async function importRows<Row extends { readonly line: number }>(
  file: TypedFile<Row>,
  options: FileOptions,
  { look, carryOut, prepare }: RowWork<Row>,
): Promise<FileOutcome> {
  const written = options.checkOnly !== true;
  if (written && options.acceptGoodRows !== true) {
    const { report } = await file.check();
    if (report.total > 0) return { written: false, rows: 0, faults: report, position: undefined };
  }
  const faults = file.newFaultList();
  let rows = 0;
  let position: bigint | undefined;
  for await (const chunk of file.chunks(faults)) {
    if (written) await prepare?.(chunk);
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      try {
        if (written) position = later(position, (await carryOut(row, file.sha256)).position);
        else await look(row);
        rows += 1;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        faults.add({ line: row.line, value: '', code: error.code, reason: `${error.message} ${error.remedy}` });
      }
    });
    options.onProgress?.(rows);
  }
  return { written, rows, faults: faults.report(), position };
}

function later(one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}
