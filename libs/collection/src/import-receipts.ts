import { eachConcurrently, type EventStore } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId } from '@provident/kernel';
import type { FileOptions, FileOutcome, FileSource } from '@provident/files';
import { openReceiptFile, type ReceiptRow } from './receipt-file.js';
import { LIMITS } from './limits.js';
import { type ReceiptCommand, receipt, receiptIdOf } from './receipt.js';
import { employerView } from './register-views.js';

/**
 * Takes in a bank's file of receipts. A line that names a registered employer is matched to it; any other is held as
 * unidentified (暂收款): money that arrived is never turned away. The same file again changes nothing.
 */
export async function importReceipts(
  store: EventStore,
  source: FileSource,
  options: FileOptions,
  context: CommandContext,
): Promise<FileOutcome> {
  const file = await openReceiptFile(source);
  const { report } = await file.check();
  if (report.total > 0 && options.acceptGoodRows !== true) {
    return { written: false, rows: 0, faults: report, position: undefined };
  }
  const known = new Map<string, Promise<boolean>>();
  const isKnown = (creditCode: string): Promise<boolean> => {
    let answer = known.get(creditCode);
    if (answer === undefined) {
      answer = store.load(employerView, creditCode).then(({ state }) => state.registered);
      known.set(creditCode, answer);
    }
    return answer;
  };
  let rows = 0;
  let position: bigint | undefined;
  for await (const chunk of file.chunks(file.newFaultList())) {
    await eachConcurrently(chunk, LIMITS.underWay, async (row) => {
      const employer = row.creditCode !== undefined && (await isKnown(row.creditCode)) ? row.creditCode : undefined;
      const receiptId = receiptIdOf(row.fund, row.bankReference);
      const result = await store.execute(
        receipt,
        receiptId,
        commandOf(row, employer),
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

function commandOf(row: ReceiptRow, employer: string | undefined): ReceiptCommand {
  const { fund, amount, bankReference, valueDate, payerName, purpose } = row;
  const line = { fund, amount, bankReference, valueDate };
  if (employer !== undefined) return { type: 'MatchReceipt', employer, ...line };
  return { type: 'HoldReceipt', payerName, purpose, ...line };
}
