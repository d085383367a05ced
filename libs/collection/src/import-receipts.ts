import { eachConcurrently, type EventStore } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId, DomainError } from '@provident/kernel';
import type { FaultList, FileOptions, FileOutcome, FileSource, TypedFile } from '@provident/files';
import { openReceiptFile, type ReceiptRow } from './receipt-file.js';
import { LIMITS } from './limits.js';
import { type ReceiptCommand, receipt, receiptIdOf } from './receipt.js';
import { employerView } from './register-views.js';

/**
 * Takes in a bank's file of receipts. A line that names a registered employer is matched to it; any other is held as
 * unidentified (暂收款): money that arrived is never turned away. Every line is checked first, also against what is on
 * record, and a single fault keeps the whole file out (unless the good rows are asked for). The same file again changes
 * nothing.
 */
export async function importReceipts(
  store: EventStore,
  source: FileSource,
  options: FileOptions,
  context: CommandContext,
): Promise<FileOutcome> {
  const file = await openReceiptFile(source);
  const known = new Map<string, Promise<boolean>>();
  const isKnown = (creditCode: string): Promise<boolean> => {
    let answer = known.get(creditCode);
    if (answer === undefined) {
      answer = store.load(employerView, creditCode).then(({ state }) => state.registered);
      known.set(creditCode, answer);
    }
    return answer;
  };
  const commandFor = async (row: ReceiptRow): Promise<ReceiptCommand> =>
    commandOf(row, row.creditCode !== undefined && (await isKnown(row.creditCode)) ? row.creditCode : undefined);
  const faults = file.newFaultList();
  const { refused, good } = await findRefused(store, file, faults, commandFor);
  const report = faults.report();
  if (options.checkOnly === true) return { written: false, rows: good, faults: report, position: undefined };
  if (report.total > 0 && options.acceptGoodRows !== true) {
    return { written: false, rows: 0, faults: report, position: undefined };
  }
  let rows = 0;
  let position: bigint | undefined;
  for await (const chunk of file.chunks(file.newFaultList())) {
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      if (refused.has(row.line)) return;
      const receiptId = receiptIdOf(row.fund, row.bankReference);
      const result = await store.execute(
        receipt,
        receiptId,
        await commandFor(row),
        causedBy(context, deterministicId('bank-line', file.sha256, receiptId), { effectiveDate: row.valueDate }),
        { mostlyNew: true },
      );
      rows += 1;
      if (result.position !== undefined && (position === undefined || result.position > position)) {
        position = result.position;
      }
    });
    options.onProgress?.(rows);
  }
  return { written: true, rows, faults: report, position };
}

/** Reads the whole file against what is on record: the lines that would be refused, which are faults, and how many are good. */
async function findRefused(
  store: EventStore,
  file: TypedFile<ReceiptRow>,
  faults: FaultList,
  commandFor: (row: ReceiptRow) => Promise<ReceiptCommand>,
): Promise<{ refused: ReadonlySet<number>; good: number }> {
  const refused = new Set<number>();
  let good = 0;
  const column = file.places.get('bank_reference');
  for await (const chunk of file.chunks(faults)) {
    const refusals = new Map<ReceiptRow, DomainError>();
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      const { state } = await store.load(receipt, receiptIdOf(row.fund, row.bankReference));
      const command = await commandFor(row);
      try {
        receipt.decide(command, state);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refusals.set(row, error);
      }
    });
    for (const row of chunk) {
      const refusal = refusals.get(row);
      if (refusal === undefined) {
        good += 1;
        continue;
      }
      const { code, message, remedy } = refusal;
      refused.add(row.line);
      const place = { line: row.line, ...(column === undefined ? {} : { column }) };
      faults.add({ ...place, value: row.bankReference, code, reason: `${message} ${remedy}` });
    }
  }
  return { refused, good };
}

function commandOf(row: ReceiptRow, employer: string | undefined): ReceiptCommand {
  const { fund, amount, bankReference, valueDate, payerName, purpose, pays } = row;
  const line = { fund, amount, bankReference, valueDate, pays };
  if (employer !== undefined) return { type: 'MatchReceipt', employer, ...line };
  return { type: 'HoldReceipt', payerName, purpose, ...line };
}
