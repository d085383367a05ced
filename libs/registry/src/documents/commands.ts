import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { DateText, MonthText, Name, Reason, Uuid } from '@provident/http';
import type { BusinessDate, CommandContext, Month } from '@provident/kernel';
import { OnEmployer } from '../commands.js';
import { OneOf, Optional, SomeOf } from '../fields.js';
import { DOCUMENT_KINDS, type DocumentKind } from './events.js';
import type { SentDocument } from './store-document.js';

/** What is said of a file that is sent as the request's body; its name comes in a header. */
export class StoreDocumentQuery {
  @OneOf(DOCUMENT_KINDS) kind: DocumentKind;
  @Optional(MonthText()) month?: Month;
  /** Whom it is about, where it is one person: it is erased with that person's data. */
  @Optional(Uuid()) personId?: string;
  @DateText() storedOn: BusinessDate;
}

export class CheckOutDocumentBody {
  @Name() borrower: string;
  @Reason() purpose: string;
  @DateText() checkedOutOn: BusinessDate;
  @DateText() dueBack: BusinessDate;
}

export class ReturnDocumentBody {
  @DateText() returnedOn: BusinessDate;
}

export class SetChecklistBody {
  @MonthText() from: Month;
  /** What each month must hold; empty ends the checking. */
  @SomeOf(DOCUMENT_KINDS) kinds: DocumentKind[];
}

export class RecordGapsBody {
  @MonthText() from: Month;
  @MonthText() to: Month;
  @DateText() foundOn: BusinessDate;
}

/** Takes a document into an employer's file. */
export class StoreDocument extends Command<CommandResult & { readonly documentId: string }> {
  constructor(
    readonly creditCode: string,
    readonly document: SentDocument,
    readonly context: CommandContext,
  ) {
    super();
  }
}

type OfDocument = { readonly documentId: string };

/** Lends the paper original out. */
export class CheckOutDocument extends OnEmployer<CheckOutDocumentBody & OfDocument> {}
export class ReturnDocument extends OnEmployer<ReturnDocumentBody & OfDocument> {}
export class SetChecklist extends OnEmployer<SetChecklistBody> {}
/** Sets down which months lack documents. */
export class RecordGaps extends OnEmployer<RecordGapsBody> {}
