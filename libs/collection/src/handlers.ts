import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonIndex } from '@provident/access/personal/person-index';
import { type CommandResult, EventStore } from '@provident/event-store';
import { deterministicId, Money } from '@provident/kernel';
import { PolicyInForce } from '@provident/policy';
import type { FileOutcome } from '@provident/files';
import { FileDeclaration, IdentifyReceipt, ImportReceipts, RefundHeldReceipt } from './commands.js';
import { dues } from './dues.js';
import { fileDeclaration } from './file-declaration.js';
import { importReceipts } from './import-receipts.js';
import { receipt, receiptIdOf } from './receipt.js';

@CommandHandler(FileDeclaration)
export class FileDeclarationHandler implements ICommandHandler<FileDeclaration> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
    private readonly index: PersonIndex,
  ) {}

  execute({ context, ...file }: FileDeclaration): Promise<FileOutcome> {
    return fileDeclaration(this.store, this.policy.book, { index: this.index, ...file }, context);
  }
}

@CommandHandler(ImportReceipts)
export class ImportReceiptsHandler implements ICommandHandler<ImportReceipts> {
  constructor(private readonly store: EventStore) {}

  execute({ file, options, context }: ImportReceipts): Promise<FileOutcome> {
    return importReceipts(this.store, file, options, context);
  }
}

@CommandHandler(IdentifyReceipt)
export class IdentifyReceiptHandler implements ICommandHandler<IdentifyReceipt> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: IdentifyReceipt): Promise<CommandResult> {
    const receiptId = receiptIdOf(body.fund, body.bankReference);
    return this.store.execute(receipt, receiptId, { type: 'IdentifyReceipt', receiptId, ...body }, context);
  }
}

@CommandHandler(RefundHeldReceipt)
export class RefundHeldReceiptHandler implements ICommandHandler<RefundHeldReceipt> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: RefundHeldReceipt): Promise<CommandResult> {
    const refundId = deterministicId('refund', context.commandId);
    const command = { type: 'RefundHeld', ...body, refundId, amount: Money.of(body.amount) } as const;
    return this.store.execute(dues, body.employer, command, context);
  }
}

export const collectionHandlers = [
  FileDeclarationHandler,
  ImportReceiptsHandler,
  IdentifyReceiptHandler,
  RefundHeldReceiptHandler,
];
