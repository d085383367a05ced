import { eachConcurrently, type EventStore } from '@provident/event-store';
import type { PersonIndex } from '@provident/access/personal/person-index';
import { causedBy, type CommandContext, deterministicId, DomainError, firstDayOf } from '@provident/kernel';
import type { FileOptions, FileOutcome, FileSource, TypedFile } from '@provident/files';
import { employer } from './employer.js';
import { insured } from './insured.js';
import { LIMITS } from './limits.js';

import { type EmployerRow, openEmployerFile, openPeopleFile, type PersonRow } from './register-file.js';

/** Takes a file of employers into the register. The same file again changes nothing. */
export async function importEmployers(
  store: EventStore,
  source: FileSource,
  options: FileOptions,
  context: CommandContext,
): Promise<FileOutcome> {
  return importRows(await openEmployerFile(source), options, async (row: EmployerRow, fileHash) => {
    const { creditCode, name, riskClass, registeredOn } = row;
    return store.execute(
      employer,
      creditCode,
      { type: 'RegisterEmployer', creditCode, name, riskClass, registeredOn },
      causedBy(context, deterministicId('employer-row', fileHash, creditCode), { effectiveDate: registeredOn }),
      { mostlyNew: true },
    );
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
  const idsOf = (rows: readonly PersonRow[]) => rows.map((row) => index.personIdOf(row.citizenNumber));
  const carryOut = async (row: PersonRow, fileHash: string) => {
    const personId = index.personIdOf(row.citizenNumber);
    const { citizenNumber, name, employer: through, schemes, from } = row;
    return store.execute(
      insured,
      personId,
      { type: 'RegisterAndEnrol', personId, citizenNumber, name, employer: through, schemes, from },
      causedBy(context, deterministicId('person-row', fileHash, personId), { effectiveDate: firstDayOf(from) }),
      { mostlyNew: true },
    );
  };
  // Keys are made a chunk at a time: one by one, each row would ask the vault by itself.
  return importRows(await openPeopleFile(source), options, carryOut, (rows) => store.expectPeople(idsOf(rows)));
}

/**
 * Checks the whole file, then carries out a command per row, many at a time. A row that the register refuses (an employer
 * registered with other particulars, a person enrolled elsewhere) is reported like a fault of the file.
 */
async function importRows<Row extends { readonly line: number }>(
  file: TypedFile<Row>,
  options: FileOptions,
  carryOut: (row: Row, fileHash: string) => Promise<{ position: bigint | undefined }>,
  prepare?: (rows: readonly Row[]) => Promise<void>,
): Promise<FileOutcome> {
  const { report, goodRows } = await file.check();
  if (options.checkOnly === true) return { written: false, rows: goodRows, faults: report, position: undefined };
  if (report.total > 0 && options.acceptGoodRows !== true) {
    return { written: false, rows: 0, faults: report, position: undefined };
  }
  const faults = file.newFaultList();
  let rows = 0;
  let position: bigint | undefined;
  for await (const chunk of file.chunks(faults)) {
    await prepare?.(chunk);
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      try {
        const result = await carryOut(row, file.sha256);
        rows += 1;
        if (result.position !== undefined && (position === undefined || result.position > position)) {
          position = result.position;
        }
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        faults.add({ line: row.line, value: '', code: error.code, reason: `${error.message} ${error.remedy}` });
      }
    });
    options.onProgress?.(rows);
  }
  return { written: true, rows, faults: faults.report(), position };
}
