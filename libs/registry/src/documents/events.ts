import { MEDIA_TYPES } from '@provident/files/media-type';
import {
  CreditCodeField,
  DateField,
  type DomainEvent,
  IdField,
  MonthField,
  NameField,
  Personal,
} from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/** Kinds of an employer's documents. The first four are those that a month usually has. */
export const DOCUMENT_KINDS = [
  'declaration-form',
  'change-form',
  'payment-voucher',
  'wage-record',
  'contract',
  'certificate',
  'authority-letter',
  'handover-list',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
const KindField = Type.Union(DOCUMENT_KINDS.map((each) => Type.Literal(each)));

/**
 * A document was taken into the employer's file. `sha256` is of the file as it was sent; the file itself is kept sealed
 * under the document's key. Stream `documents-<credit code>`.
 */
export const DocumentStored = Type.Object({
  employer: CreditCodeField,
  documentId: IdField,
  /** Whom it is about, where it is one person: it is erased with that person's data. */
  personId: Type.Optional(IdField),
  kind: KindField,
  /** The month that it belongs to, where it belongs to one. */
  month: Type.Optional(MonthField),
  /** The file's name as it was sent. */
  fileName: Personal(Type.String({ minLength: 1, maxLength: 200 }), 'documentId'),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** SHA-256 of the sealed file, under which it is kept. */
  sealedAs: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  bytes: Type.Integer({ minimum: 1 }),
  mediaType: Type.Union(MEDIA_TYPES.map((each) => Type.Literal(each))),
  storedOn: DateField,
});

/** The paper original was lent out (借出). */
export const DocumentCheckedOut = Type.Object({
  employer: CreditCodeField,
  documentId: IdField,
  /** Who has it now. */
  borrower: Personal(NameField, 'documentId'),
  purpose: Personal(Type.String({ minLength: 1, maxLength: 500 }), 'documentId'),
  checkedOutOn: DateField,
  dueBack: DateField,
});

/** The paper original came back (归还). */
export const DocumentReturned = Type.Object({
  employer: CreditCodeField,
  documentId: IdField,
  returnedOn: DateField,
});

/** From a month on, every month of the employer's file must hold these kinds; an empty list ends the checking. */
export const ChecklistSet = Type.Object({
  employer: CreditCodeField,
  from: MonthField,
  kinds: Type.Array(KindField),
});

/** A check of the file found a month without documents that its checklist asks for. */
export const DocumentGapFound = Type.Object({
  employer: CreditCodeField,
  month: MonthField,
  missing: Type.Array(KindField, { minItems: 1 }),
  foundOn: DateField,
});

export const documentsEventSchemas = {
  DocumentStored,
  DocumentCheckedOut,
  DocumentReturned,
  ChecklistSet,
  DocumentGapFound,
} satisfies Record<string, TSchema>;

export type DocumentsEvent =
  | DomainEvent<'DocumentStored', Static<typeof DocumentStored>>
  | DomainEvent<'DocumentCheckedOut', Static<typeof DocumentCheckedOut>>
  | DomainEvent<'DocumentReturned', Static<typeof DocumentReturned>>
  | DomainEvent<'ChecklistSet', Static<typeof ChecklistSet>>
  | DomainEvent<'DocumentGapFound', Static<typeof DocumentGapFound>>;
