import { SealedFiles } from '@provident/access/personal/sealed-files';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { knownEmployer } from '../standing.js';
import { CheckOutDocument, RecordGaps, ReturnDocument, SetChecklist, StoreDocument } from './commands.js';
import { documents } from './documents.js';
import { storeDocument } from './store-document.js';

@CommandHandler(StoreDocument)
export class StoreDocumentHandler implements ICommandHandler<StoreDocument> {
  constructor(
    private readonly store: EventStore,
    private readonly files: SealedFiles,
  ) {}

  execute({ creditCode, document, context }: StoreDocument): ReturnType<typeof storeDocument> {
    return storeDocument(this.store, this.files, creditCode, document, context);
  }
}

@CommandHandler(CheckOutDocument)
export class CheckOutDocumentHandler implements ICommandHandler<CheckOutDocument> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: CheckOutDocument): Promise<CommandResult> {
    return this.store.execute(documents, employer, { type: 'CheckOutDocument', employer, ...body }, context);
  }
}

@CommandHandler(ReturnDocument)
export class ReturnDocumentHandler implements ICommandHandler<ReturnDocument> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: ReturnDocument): Promise<CommandResult> {
    return this.store.execute(documents, employer, { type: 'ReturnDocument', employer, ...body }, context);
  }
}

@CommandHandler(SetChecklist)
export class SetChecklistHandler implements ICommandHandler<SetChecklist> {
  constructor(private readonly store: EventStore) {}

  async execute({ creditCode: employer, body, context }: SetChecklist): Promise<CommandResult> {
    await knownEmployer(this.store, employer);
    return this.store.execute(documents, employer, { type: 'SetChecklist', employer, ...body }, context);
  }
}

@CommandHandler(RecordGaps)
export class RecordGapsHandler implements ICommandHandler<RecordGaps> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode: employer, body, context }: RecordGaps): Promise<CommandResult> {
    return this.store.execute(documents, employer, { type: 'RecordGaps', employer, ...body }, context);
  }
}

export const documentHandlers = [
  StoreDocumentHandler,
  CheckOutDocumentHandler,
  ReturnDocumentHandler,
  SetChecklistHandler,
  RecordGapsHandler,
];
