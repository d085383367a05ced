import {
  AmountField,
  CreditCodeField,
  DateField,
  DomainError,
  FundField,
  IdField,
  invariant,
  MonthField,
} from '@provident/kernel';
import { CONFIDENCES } from '@provident/policy';
import { Type } from '@sinclair/typebox';
import type { Procedure } from './procedure.js';

const GRADED = '社会保险经办条例 第37条: key business passes graded review (经办、复核、审批)';
const RECORD = '社会保险经办条例 第38条: the handling of business is recorded completely';
const DISPUTE =
  '社会保险个人权益记录管理办法 (人社部令第14号): who disagrees with the record may have it checked; an error is corrected';
const HOUSE = 'limit of the house, no statute fixes one';
const RED_INK = '红字冲正: a mistake is corrected by a further entry that names the one it corrects';

const FINE = '社会保险法 第84、86条: the administrative department fines after an order has expired';
const REVIEWED = '行政处罚法 第75条: a fine that was wrong is mended by who imposed it, a higher authority or a court';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the decision' });
const ONE_RELATION = '国办发〔2009〕66号: one relationship per scheme and person at a time';

const oneOf = (...words: readonly string[]) => Type.Union(words.map((word) => Type.Literal(word)));
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const reason = Text(500);

/** The procedures there are. An approved case of each is carried out by the command that bears its name. */
export const PROCEDURES = {
  'parameter-change': {
    ...{ name: 'parameter-change', version: 1, zh: '政策参数变更', en: 'Change of a policy parameter' },
    request: Type.Object(
      {
        parameter: Text(100),
        area: Type.String({ pattern: '^[0-9]{6}$', description: 'division code (GB/T 2260); 000000 for the nation' }),
        from: DateField,
        to: Type.Optional(DateField),
        value: Type.Union([Type.String(), Type.Array(Type.Unknown()), Type.Record(Type.String(), Type.Unknown())]),
        basis: Type.Object(
          { document: Text(500), number: Type.Optional(Text(200)), article: Type.Optional(Text(200)) },
          { additionalProperties: false },
        ),
        source: Text(500),
        confidence: Type.Union(Object.keys(CONFIDENCES).map((word) => Type.Literal(word))),
        reason,
      },
      { additionalProperties: false },
    ),
    subject: { kind: 'policy-area', field: 'area' },
    opening: { roles: ['clerk', 'statistician', 'fund-manager'], rule: RECORD },
    documents: [
      {
        ...{ kind: 'legal-document', zh: '政策依据文件', en: 'The document that the value rests on', required: true },
        rule: 'A parameter changes with its legal basis only',
      },
    ],
    review: { role: 'reviewer', withinDays: 3, rule: GRADED },
    approval: { role: 'approver', withinDays: 2, rule: GRADED },
    ...{ withinDays: 10, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority'],
  },

  'credit-correction': {
    ...{ name: 'credit-correction', version: 1, zh: '个人权益记录更正', en: 'Correction of a credited month' },
    request: Type.Object(
      { wrongPersonId: IdField, month: MonthField, rightPersonId: IdField, correctedOn: DateField, reason },
      { additionalProperties: false },
    ),
    subject: { kind: 'insured', field: 'wrongPersonId' },
    opening: { roles: ['clerk', 'insured-person'], rule: RED_INK },
    documents: [
      {
        ...{ kind: 'proof-of-employment', zh: '劳动关系证明', en: 'Proof of who worked there', required: true },
        rule: '社会保险法 第74条: contributions are recorded completely and accurately',
      },
      {
        ...{ kind: 'application-form', zh: '更正申请表', en: 'Application for correction', required: false },
        rule: '社会保险法 第74条: contributions are recorded completely and accurately',
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
    emergency: {
      ...{ role: 'approver', reviewWithinDays: 5 },
      rule: 'Rule of the house: where a benefit waits for the record, it is corrected first and reviewed within 5 working days',
    },
  },

  'record-dispute': {
    ...{ name: 'record-dispute', version: 1, zh: '个人权益记录异议', en: 'Objection to a personal record' },
    request: Type.Object(
      {
        personId: IdField,
        year: Type.Integer({ minimum: 1992, maximum: 2199 }),
        figure: Type.String({ pattern: '^[a-z0-9.-]{1,100}$', description: 'which figure, as the statement names it' }),
        stated: Text(40),
        claimed: Type.Optional(Text(200)),
        reason,
      },
      { additionalProperties: false },
    ),
    subject: { kind: 'insured', field: 'personId' },
    opening: { roles: ['insured-person', 'clerk'], rule: DISPUTE },
    documents: [{ ...{ kind: 'evidence', zh: '证明材料', en: 'What proves it', required: false }, rule: DISPUTE }],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
  },

  'employer-cancellation': {
    ...{ name: 'employer-cancellation', version: 1, zh: '社会保险登记注销', en: 'Cancellation of an employer' },
    request: Type.Object(
      { creditCode: CreditCodeField, requestedOn: DateField, reason },
      { additionalProperties: false },
    ),
    ...{ subject: { kind: 'employer', field: 'creditCode' }, employerField: 'creditCode' },
    opening: {
      roles: ['clerk', 'employer-administrator'],
      rule: '社会保险法 第57条: an employer that ends applies for cancellation',
    },
    documents: [
      {
        ...{ kind: 'termination-document', zh: '终止证明', en: 'Proof that the employer ended', required: true },
        rule: '社会保险法 第57条: an employer that ends applies for cancellation',
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 10, limitRule: '社会保险经办条例 第10条: the agency handles it within 10 working days' },
    stopsClock: ['supplement', 'court'],
  },

  'identity-merge': {
    ...{ name: 'identity-merge', version: 1, zh: '重复参保信息合并', en: 'Merge of two identities of one person' },
    request: Type.Object(
      { survivingPersonId: IdField, mergedPersonId: IdField, mergedOn: DateField, reason },
      { additionalProperties: false },
    ),
    subject: { kind: 'insured', field: 'survivingPersonId' },
    opening: { roles: ['clerk', 'insured-person'], rule: '社会保险法 第58条: one citizen number for each person' },
    documents: [
      {
        ...{ kind: 'identity-document', zh: '身份证明', en: 'Proof that both are one person', required: true },
        rule: '社会保险法 第58条: one citizen number for each person',
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority'],
  },

  'credit-conflict': {
    ...{ name: 'credit-conflict', version: 1, zh: '重复缴费处理', en: 'Settlement of a month paid twice' },
    request: Type.Object(
      {
        personId: IdField,
        conflictId: IdField,
        outcome: oneOf('kept', 'refunded', 'replaced'),
        settledOn: DateField,
        reason,
      },
      { additionalProperties: false },
    ),
    subject: { kind: 'insured', field: 'personId' },
    opening: { roles: ['clerk', 'insured-person'], rule: ONE_RELATION },
    documents: [
      {
        ...{ kind: 'evidence', zh: '证明材料', en: 'What proves which record is right', required: true },
        rule: ONE_RELATION,
      },
      {
        ...{ kind: 'refund-application', zh: '退费申请', en: 'Application for a refund', required: false },
        rule: 'Money leaves a fund on an application and its proof',
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
  },

  'enrolment-conflict': {
    ...{ name: 'enrolment-conflict', version: 1, zh: '参保关系冲突处理', en: 'Settlement of a declared enrolment' },
    request: Type.Object(
      {
        ...{ personId: IdField, employer: CreditCodeField, from: MonthField, outcome: oneOf('kept', 'enrolled') },
        ...{ settledOn: DateField, reason },
      },
      { additionalProperties: false },
    ),
    ...{ subject: { kind: 'insured', field: 'personId' }, employerField: 'employer' },
    opening: { roles: ['clerk', 'insured-person', 'employer-administrator'], rule: ONE_RELATION },
    documents: [
      {
        ...{ kind: 'proof-of-employment', zh: '劳动关系证明', en: 'Proof of who employs the person', required: true },
        rule: ONE_RELATION,
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
  },

  'overpayment-refund': {
    ...{ name: 'overpayment-refund', version: 1, zh: '多缴保险费退还', en: 'Refund of an over-payment' },
    request: Type.Object(
      { employer: CreditCodeField, fund: FundField, amount: AmountField, refundedOn: DateField, reason },
      { additionalProperties: false },
    ),
    ...{ subject: { kind: 'employer', field: 'employer' }, employerField: 'employer' },
    opening: { roles: ['clerk', 'employer-administrator'], rule: RECORD },
    documents: [
      {
        ...{ kind: 'refund-application', zh: '退费申请', en: 'Application for a refund', required: true },
        rule: 'Money leaves a fund on an application and its proof',
      },
      {
        ...{ kind: 'payment-proof', zh: '缴费凭证', en: 'Proof of the payment', required: true },
        rule: 'Money leaves a fund on an application and its proof',
      },
    ],
    review: { role: 'reviewer', withinDays: 5, rule: GRADED },
    approval: { role: 'approver', withinDays: 3, rule: GRADED },
    ...{ withinDays: 15, limitRule: HOUSE },
    stopsClock: ['supplement', 'court'],
    emergency: {
      ...{ role: 'approver', reviewWithinDays: 3 },
      rule: 'Rule of the house: money taken by mistake that its owner needs at once goes back first and is reviewed within 3 working days',
    },
  },

  'fine-imposition': {
    ...{ name: 'fine-imposition', version: 2, zh: '罚款决定入账', en: 'Entry of a fine' },
    request: Type.Object(
      {
        employer: CreditCodeField,
        decisionNumber: Text(100),
        ground: Type.Union([Type.Literal('registration'), Type.Literal('non-payment')]),
        ...{ base: AmountField, amount: AmountField, orderExpiredOn: DateField, imposedOn: DateField },
        documentHash: Hash,
      },
      { additionalProperties: false },
    ),
    ...{ subject: { kind: 'employer', field: 'employer' }, employerField: 'employer' },
    opening: { roles: ['clerk'], rule: RECORD },
    documents: [
      {
        ...{ kind: 'penalty-decision', zh: '行政处罚决定书', en: 'Decision that imposes the fine', required: true },
        ...{ hashField: 'documentHash', rule: FINE },
      },
      {
        ...{ kind: 'expired-order', zh: '责令限期改正通知书', en: 'Order that was not followed', required: true },
        rule: FINE,
      },
    ],
    review: { role: 'reviewer', withinDays: 3, rule: GRADED },
    approval: { role: 'approver', withinDays: 2, rule: GRADED },
    ...{ withinDays: 10, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
  },

  'fine-revocation': {
    ...{ name: 'fine-revocation', version: 2, zh: '罚款撤销', en: 'Revocation of a fine' },
    request: Type.Object(
      {
        employer: CreditCodeField,
        ...{ fineId: IdField, decisionNumber: Text(100), revokedOn: DateField, reason, documentHash: Hash },
      },
      { additionalProperties: false },
    ),
    ...{ subject: { kind: 'employer', field: 'employer' }, employerField: 'employer' },
    opening: { roles: ['clerk'], rule: RECORD },
    documents: [
      {
        ...{ kind: 'revoking-decision', zh: '撤销决定', en: 'Decision or judgment that revokes', required: true },
        ...{ hashField: 'documentHash', rule: REVIEWED },
      },
    ],
    review: { role: 'reviewer', withinDays: 3, rule: GRADED },
    approval: { role: 'approver', withinDays: 2, rule: GRADED },
    ...{ withinDays: 10, limitRule: HOUSE },
    stopsClock: ['supplement', 'other-authority', 'court'],
  },
} as const satisfies Readonly<Record<string, Procedure>>;

export type ProcedureName = keyof typeof PROCEDURES;
export const PROCEDURE_NAMES = Object.keys(PROCEDURES) as readonly ProcedureName[];

/** Earlier versions, for the cases that were opened under them: a version leaves when its last case is at an end. */
const EARLIER: readonly Procedure[] = [
  // Cases of these did not have to hold the document whose hash their request names.
  withoutHashFields(PROCEDURES['fine-imposition'], 1),
  withoutHashFields(PROCEDURES['fine-revocation'], 1),
];

function withoutHashFields(procedure: Procedure, version: number): Procedure {
  const documents = procedure.documents.map(({ kind, zh, en, required, rule }) => ({ kind, zh, en, required, rule }));
  return { ...procedure, version, documents };
}

/** The procedure that new cases follow. Throws `procedure-unknown`. */
export function procedureOf(name: string): Procedure {
  if (Object.hasOwn(PROCEDURES, name)) return PROCEDURES[name as ProcedureName];
  throw new DomainError(
    'procedure-unknown',
    `There is no procedure "${name}".`,
    'A case follows a procedure that the agency has laid down.',
    `Name one of ${PROCEDURE_NAMES.join(', ')}.`,
    { procedure: name },
  );
}

/** The procedure that a case was opened under. */
export function procedureOfCase(name: string, version: number): Procedure {
  const found = [procedureOf(name), ...EARLIER].find((each) => each.name === name && each.version === version);
  invariant(found !== undefined, `Version ${version} of ${name} is gone, but a case follows it: keep it in EARLIER.`);
  return found;
}
