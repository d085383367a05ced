import type { MediaType } from '@provident/files/media-type';
import {
  addMonths,
  type BusinessDate,
  type Decider,
  deterministicId,
  DomainError,
  type Month,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { LIMITS } from '../limits.js';
import { type DocumentKind, type DocumentsEvent, documentsEventSchemas } from './events.js';
import { missingDocuments } from './missing-documents.js';

export interface StoredDocument {
  readonly documentId: string;
  readonly kind: DocumentKind;
  readonly month: Month | undefined;
  /** Whom it is about, where it is one person. */
  readonly personId: string | undefined;
  readonly fileName: string;
  readonly sha256: string;
  readonly sealedAs: string | undefined;
  readonly bytes: number;
  readonly mediaType: MediaType;
  readonly storedOn: BusinessDate;
  /** Where the paper original has been, the latest last (借阅记录). */
  readonly custody: readonly Loan[];
}

export interface Loan {
  readonly borrower: string;
  readonly purpose: string;
  readonly from: BusinessDate;
  readonly dueBack: BusinessDate;
  /** Undefined while it is out. */
  readonly returnedOn: BusinessDate | undefined;
}

/** An employer's file of documents. Stream `documents-<credit code>`. */
export interface DocumentsState {
  readonly documents: readonly StoredDocument[];
  /** What a month must hold, from month to month, in order. */
  readonly checklists: readonly { readonly from: Month; readonly kinds: readonly DocumentKind[] }[];
  /** What was found missing last, by month. */
  readonly gaps: ReadonlyMap<Month, readonly DocumentKind[]>;
}

export type DocumentsCommand =
  | ({ type: 'StoreDocument'; employer: string; month?: Month; personId?: string; sealedAs?: string } & Omit<
      StoredDocument,
      'custody' | 'month' | 'personId' | 'sealedAs'
    >)
  | {
      type: 'CheckOutDocument';
      employer: string;
      documentId: string;
      borrower: string;
      purpose: string;
      checkedOutOn: BusinessDate;
      dueBack: BusinessDate;
    }
  | { type: 'ReturnDocument'; employer: string; documentId: string; returnedOn: BusinessDate }
  | { type: 'SetChecklist'; employer: string; from: Month; kinds: readonly DocumentKind[] }
  | { type: 'RecordGaps'; employer: string; from: Month; to: Month; foundOn: BusinessDate };

/** The same file under the same heading is the same document. */
export function documentIdOf(employer: string, kind: DocumentKind, month: Month | undefined, sha256: string): string {
  return deterministicId('document', employer, kind, month ?? '', sha256);
}

const decider: Decider<DocumentsState, DocumentsCommand, DocumentsEvent> = {
  initial: { documents: [], checklists: [], gaps: new Map() },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'StoreDocument':
        return storeDocument(command, state);
      case 'CheckOutDocument':
        return checkOut(command, state);
      case 'ReturnDocument':
        return giveBack(command, state);
      case 'SetChecklist':
        return setChecklist(command, state);
      case 'RecordGaps':
        return missingDocuments(state, command.from, command.to)
          .filter(({ month, missing }) => !sameKinds(state.gaps.get(month) ?? [], missing))
          .map(({ month, missing }) => ({
            type: 'DocumentGapFound',
            data: { employer: command.employer, month, missing: [...missing], foundOn: command.foundOn },
          }));
    }
  },
};

export const documents: Aggregate<DocumentsState, DocumentsCommand, DocumentsEvent> = {
  ...decider,
  category: 'documents',
  schemas: documentsEventSchemas,
};

function evolve(state: DocumentsState, { type, data }: DocumentsEvent): DocumentsState {
  switch (type) {
    case 'DocumentStored': {
      const { documentId, kind, month, personId, fileName, sha256, sealedAs, bytes, mediaType, storedOn } = data;
      const kept = { documentId, kind, month, personId, fileName, sha256, sealedAs };
      const stored = { ...kept, bytes, mediaType, storedOn, custody: [] };
      return { ...state, documents: [...state.documents, stored] };
    }
    case 'DocumentCheckedOut': {
      const { borrower, purpose, checkedOutOn: from, dueBack } = data;
      const loan = { borrower, purpose, from, dueBack, returnedOn: undefined };
      return withCustody(state, data.documentId, (custody) => [...custody, loan]);
    }
    case 'DocumentReturned':
      return withCustody(state, data.documentId, (custody) =>
        custody.map((loan) => (loan.returnedOn === undefined ? { ...loan, returnedOn: data.returnedOn } : loan)),
      );
    case 'ChecklistSet':
      return { ...state, checklists: [...state.checklists, { from: data.from, kinds: data.kinds }] };
    case 'DocumentGapFound':
      return { ...state, gaps: new Map(state.gaps).set(data.month, data.missing) };
  }
}

/** Throws `document-unknown`. */
export function documentOf({ documents: all }: DocumentsState, documentId: string): StoredDocument {
  const found = all.find((each) => each.documentId === documentId);
  if (found !== undefined) return found;
  throw refused('document-unknown', "The employer's file has no such document.", 'Look it up in the list.');
}

function storeDocument(
  command: Extract<DocumentsCommand, { type: 'StoreDocument' }>,
  state: DocumentsState,
): readonly DocumentsEvent[] {
  const { employer, documentId, kind, month, personId, fileName, sha256, sealedAs, bytes, mediaType, storedOn } =
    command;
  if (state.documents.some((each) => each.documentId === documentId)) return [];
  if (state.documents.filter((each) => each.month === month).length >= LIMITS.documentsPerMonth) {
    throw refused(
      'documents-too-many',
      `The file holds ${LIMITS.documentsPerMonth} documents of ${month ?? 'no month'}; no more fit.`,
      'Scan several pages into one document.',
    );
  }
  const of = { ...(month === undefined ? {} : { month }), ...(personId === undefined ? {} : { personId }) };
  const kept = { sha256, ...(sealedAs === undefined ? {} : { sealedAs }), bytes, mediaType };
  const data = { employer, documentId, kind, ...of, fileName, ...kept, storedOn };
  return [{ type: 'DocumentStored', data }];
}

function checkOut(
  command: Extract<DocumentsCommand, { type: 'CheckOutDocument' }>,
  state: DocumentsState,
): readonly DocumentsEvent[] {
  const { employer, documentId, borrower, purpose, checkedOutOn, dueBack } = command;
  const { storedOn, custody } = documentOf(state, documentId);
  const last = custody.at(-1);
  if (last !== undefined && last.returnedOn === undefined) {
    if (last.borrower === borrower && last.from === checkedOutOn) return [];
    throw refused('document-out-already', `The original is out since ${last.from}.`, 'Wait until it is back.');
  }
  checkOrder(checkedOutOn, last?.returnedOn ?? storedOn);
  checkOrder(dueBack, checkedOutOn);
  return [{ type: 'DocumentCheckedOut', data: { employer, documentId, borrower, purpose, checkedOutOn, dueBack } }];
}

function giveBack(
  { employer, documentId, returnedOn }: Extract<DocumentsCommand, { type: 'ReturnDocument' }>,
  state: DocumentsState,
): readonly DocumentsEvent[] {
  const last = documentOf(state, documentId).custody.at(-1);
  if (last?.returnedOn === returnedOn) return [];
  if (last === undefined || last.returnedOn !== undefined) {
    throw refused('document-not-out', 'The original is in its place.', 'There is nothing to give back.');
  }
  checkOrder(returnedOn, last.from);
  return [{ type: 'DocumentReturned', data: { employer, documentId, returnedOn } }];
}

function setChecklist(
  { employer, from, kinds }: Extract<DocumentsCommand, { type: 'SetChecklist' }>,
  { checklists }: DocumentsState,
): readonly DocumentsEvent[] {
  const latest = checklists.at(-1);
  const wanted = [...new Set(kinds)];
  if (latest !== undefined && sameKinds(latest.kinds, wanted)) return [];
  if (latest !== undefined && from <= latest.from) {
    throw refused(
      'checklist-out-of-order',
      `A checklist from ${latest.from} on is set already.`,
      `Give a month from ${addMonths(latest.from, 1)} on.`,
    );
  }
  return [{ type: 'ChecklistSet', data: { employer, from, kinds: wanted } }];
}

function withCustody(
  state: DocumentsState,
  documentId: string,
  change: (custody: readonly Loan[]) => readonly Loan[],
): DocumentsState {
  return {
    ...state,
    documents: state.documents.map((each) =>
      each.documentId === documentId ? { ...each, custody: change(each.custody) } : each,
    ),
  };
}

function sameKinds(a: readonly DocumentKind[], b: readonly DocumentKind[]): boolean {
  return a.length === b.length && a.every((kind) => b.includes(kind));
}

function checkOrder(day: BusinessDate, notBefore: BusinessDate): void {
  if (day >= notBefore) return;
  throw refused('document-out-of-order', `${day} is before ${notBefore}.`, 'Give the days in their order.');
}

export function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(
    code,
    message,
    '社会保险法 第74条: vouchers and papers are kept complete; the chain of custody has no gap.',
    remedy,
  );
}
