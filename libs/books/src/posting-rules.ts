import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import {
  type DomainEvent,
  type Fund,
  fundOf,
  invariant,
  Money,
  type Payer,
  type RecordedEvent,
} from '@provident/kernel';
import type { RegistryEvent } from '@provident/registry/events';
import { type AccountCode, type DetailPart, detail } from './chart-of-accounts.js';
import { type AccountSide, type Entry, type Voucher, voucherOf } from './voucher.js';

type BooksEvent = RegistryEvent | CollectionEvent | AccountEvent;
type DataOf<Type extends BooksEvent['type']> = Extract<BooksEvent, { type: Type }>['data'];

/** How one kind of event is booked: in which fund, by which entries, and the amount that it says has moved. */
interface PostingRule<Data> {
  readonly fund: (data: Data) => Fund;
  readonly entries: (data: Data) => readonly Entry[];
  /** The event's own figure; the voucher's total must equal it. */
  readonly moved: (data: Data) => string;
}

/** The sides of the commonest entries, made once. */
const CONTRA_PRINCIPAL: AccountSide = { account: 'B001', detail: detail('principal') };
const CONTROL_PRINCIPAL: AccountSide = { account: 'B002', detail: detail('principal') };

/**
 * The posting rules: every event that moves money, and the entries that it makes. Books are derived from events by this
 * table alone. Entries read: template, debit account, credit account, amount.
 */
export const POSTING_RULES = {
  // 征收保险费入收入户 (JT01); what exceeds the dues waits as a temporary receipt, 暂收款 (JT34).
  ContributionReceived: rule('ContributionReceived', {
    fund: ({ fund }) => fund,
    entries: ({ allocations, held, fund }) => [
      ...allocations.map((each) => entry('JT01', on('1002'), on('4001', ...incomeDetail(fund, each)), each.amount)),
      entry('JT34', on('1002'), on('2001', 'held'), held),
    ],
    moved: ({ amount }) => amount,
  }),

  // Held money becomes income once there are dues to set it against: a settled temporary receipt, but into income.
  HeldReceiptApplied: rule('HeldReceiptApplied', {
    fund: ({ fund }) => fund,
    entries: ({ allocations, fund }) =>
      allocations.map((each) => entry('H01', on('2001', 'held'), on('4001', ...incomeDetail(fund, each)), each.amount)),
    moved: ({ allocations }) => Money.sum(allocations.map((each) => Money.of(each.amount))).toString(),
  }),

  // 多缴暂收款原渠道退回: it leaves the income account that it came into.
  HeldReceiptRefunded: rule('HeldReceiptRefunded', {
    fund: ({ fund }) => fund,
    entries: ({ amount }) => [entry('H03', on('2001', 'held'), on('1002'), amount)],
    moved: ({ amount }) => amount,
  }),

  // 滞纳金到账 (JT10); what exceeds the charged late fees waits as a temporary receipt (JT34).
  LateFeeReceived: rule('LateFeeReceived', {
    fund: ({ fund }) => fund,
    entries: ({ allocations, held, fund }) => [
      ...allocations.map((each) => entry('JT10', on('1002'), on('4501', ...lateFeeDetail(fund, each)), each.amount)),
      entry('JT34', on('1002'), on('2001', 'held'), held),
    ],
    moved: ({ amount }) => amount,
  }),

  // Held money becomes income once there are charged late fees to set it against.
  HeldAppliedToLateFees: rule('HeldAppliedToLateFees', {
    fund: ({ fund }) => fund,
    entries: ({ allocations, fund }) =>
      allocations.map((each) =>
        entry('H04', on('2001', 'held'), on('4501', ...lateFeeDetail(fund, each)), each.amount),
      ),
    moved: ({ allocations }) => Money.sum(allocations.map((each) => Money.of(each.amount))).toString(),
  }),

  // Money that names no known employer: 暂收款到账 (JT34).
  UnidentifiedReceiptHeld: rule('UnidentifiedReceiptHeld', {
    fund: ({ fund }) => fund,
    entries: ({ amount }) => [entry('JT34', on('1002'), on('2001', 'unidentified'), amount)],
    moved: ({ amount }) => amount,
  }),

  // The payer is found: the same temporary receipt under another detail, until it is set against dues.
  ReceiptIdentified: rule('ReceiptIdentified', {
    fund: ({ fund }) => fund,
    entries: ({ amount }) => [entry('H02', on('2001', 'unidentified'), on('2001', 'held'), amount)],
    moved: ({ amount }) => amount,
  }),

  // 个人账户记账 (memorandum): the person's right grows by the amount credited.
  ContributionCredited: rule('ContributionCredited', {
    fund: () => 'employee-pension',
    entries: ({ accountAmount }) => [entry('H11', CONTRA_PRINCIPAL, CONTROL_PRINCIPAL, accountAmount)],
    moved: ({ accountAmount }) => accountAmount,
  }),

  // 红字冲正: the credit's own entry with the sign turned. The event's amounts are negative already.
  ContributionCreditReversed: rule('ContributionCreditReversed', {
    fund: () => 'employee-pension',
    entries: ({ accountAmount }) => [entry('H11', CONTRA_PRINCIPAL, CONTROL_PRINCIPAL, accountAmount)],
    moved: ({ accountAmount }) => accountAmount,
  }),

  // 重复缴费个人账户本金退还: what a second payment of a month had brought as income goes back to the person.
  CreditConflictSettled: rule('CreditConflictSettled', {
    fund: () => 'employee-pension',
    entries: ({ outcome, accountAmount }) =>
      outcome === 'refunded' ? [entry('H05', on('4001', 'employee', 'current'), on('1002'), accountAmount)] : [],
    moved: ({ outcome, accountAmount }) => (outcome === 'refunded' ? accountAmount : '0.00'),
  }),

  // 个人账户记账利息 (memorandum).
  AccountInterestPosted: rule('AccountInterestPosted', {
    fund: () => 'employee-pension',
    entries: ({ interest }) => [entry('H12', on('B001', 'interest'), on('B002', 'interest'), interest)],
    moved: ({ interest }) => interest,
  }),
};

/** Events that move no money. An event type must stand here or above; a test holds both against the events there are. */
export const EVENTS_WITHOUT_POSTING = [
  ...['EmployerRegistered', 'EmployerRiskClassChanged', 'PersonRegistered', 'PersonEnrolled', 'EnrolmentEnded'],
  ...['EmployerParticularsChanged', 'RegistrationSuspended', 'RegistrationResumed', 'CancellationRequested'],
  ...['CancellationRefused', 'RegistrationCancelled', 'CancellationUndone'],
  ...['EnrolmentSuspended', 'EnrolmentResumed', 'EnrolmentConflictFound', 'PersonChanged'],
  'EnrolmentConflictSettled',
  ...['IdentityMerged', 'IdentityAbsorbed', 'IdentityMergeUndone', 'PersonErased', 'EmployerContactsErased'],
  ...['CertificateIssued', 'CertificateReplaced', 'CertificateAnnuallyChecked'],
  ...['CardRequested', 'CardIssued', 'CardDelivered', 'CardReportedLost', 'CardReplaced'],
  ...['StaffingOpened', 'PersonAdded', 'PersonReduced', 'ChangeRowRemoved'],
  ...['ChangeFormSubmitted', 'ChangeFormReturned', 'ChangeFormAccepted'],
  ...['AdministratorFiled', 'AdministratorVerified', 'AdministratorChanged'],
  ...['HandoverStarted', 'HandoverItemConfirmed', 'HandoverItemExcepted', 'HandoverSigned'],
  ...['HandoverCompleted', 'AccessTransferred', 'HandoverWithdrawn'],
  ...['DocumentStored', 'DocumentCheckedOut', 'DocumentReturned', 'ChecklistSet', 'DocumentGapFound'],
  // The books are on a cash basis: dues and arrears are no asset of a fund (财会〔2017〕28号, part 1, 五).
  ...['PayrollLinesDeclared', 'LeaversDeclared', 'ContributionDeclared', 'DuesAssessed', 'ContributionMonthSettled'],
  ...['DuesClosed', 'DuesFoundOpen', 'DuesReopened'],
  'LateFeeCharged', // Owed like dues; booked when it is paid.
  ...['FineImposed', 'FinePaid', 'FineRevoked'], // A fine goes to the treasury and never into a fund.
  'ReceiptMatched', // The money is booked by the ContributionReceived that follows.
  'RecordDisputeUpheld', // An objection is right; the correction that follows posts.
  'CreditConflictFound', // The month's money was booked when it came; nobody's account moves.
  'YearClosed', // Closes a personal account's year; no balance moves.
  // Both accounts lie behind one control account: what one gives the other takes, and the control account stays.
  ...['AccountMergedInto', 'AccountMergedFrom'],
  // What a case decides is booked by the event of the command that carries it out.
  ...['CaseOpened', 'CaseDocumentEntered', 'CaseEvidenced', 'CaseReviewed', 'CaseApproved', 'CaseApprovedInEmergency'],
  ...['EmergencyDebtCleared', 'CaseRefused', 'CaseReturned', 'CaseResubmitted', 'CaseWithdrawn'],
  ...['CaseClockStopped', 'CaseClockResumed', 'CaseCarriedOut', 'CaseCarryOutFailed', 'CaseCarryOutRetried'],
  ...['CaseGivenUp', 'ThreadOpened', 'MessageSent', 'MessageAnswered', 'AppointmentProposed', 'AppointmentConfirmed'],
  ...['AppointmentCancelled', 'AttendanceRecorded', 'NoticePublished', 'NoticeRead', 'NoticeWithdrawn'],
  ...['TaskAssigned', 'TaskReassigned', 'TaskProgressRecorded', 'TaskCompleted'],
] as const;

/** House templates, for what the statutory system leaves to the agency. */
export const HOUSE_TEMPLATES = {
  H01: '暂收款转保险费收入: temporary receipt set against dues',
  H02: '暂收款明细结转: payer of a temporary receipt identified',
  // JT35 settles a temporary receipt out of the fiscal or the expenditure account; this one never left the income account.
  H03: '多缴暂收款原渠道退回: over-payment held as a temporary receipt, refunded from the income account',
  H04: '暂收款转滞纳金收入: temporary receipt set against charged late fees',
  H05: '重复缴费个人账户本金退还: principal of a duplicate month, refunded to the person out of income',
  H11: '个人账户记账（备查）: credit to a personal account',
  H12: '个人账户记账利息（备查）: interest of a personal account',
} as const;

/** What the event posts; `undefined` when it moves nothing. Throws `BrokenInvariant` when event and voucher disagree. */
export function voucherFor(event: Pick<RecordedEvent, 'type' | 'data'>): Voucher | undefined {
  const found = (POSTING_RULES as Readonly<Record<string, PostingRule<DomainEvent['data']> | undefined>>)[event.type];
  if (found === undefined) return undefined;
  const moved = Money.of(found.moved(event.data));
  const voucher = voucherOf(found.fund(event.data), found.entries(event.data));
  const posted = voucher?.total ?? Money.zero;
  invariant(posted.equals(moved), `${event.type} moves ${moved.toString()} but posts ${posted.toString()}.`);
  return voucher;
}

/**
 * 4001 by payer, and by 当期 or 清欠. Employees' medical contributions go to the personal account fund, employers' (and
 * maternity) wholly to the pooled fund, as since 国办发〔2021〕14号.
 */
function incomeDetail(
  fund: Fund,
  { scheme, payer, late }: DataOf<'ContributionReceived'>['allocations'][number],
): DetailPart[] {
  invariant(fundOf(scheme) === fund, `Money of ${fund} was set against dues of ${scheme}: funds never mix.`);
  return [...medicalPart(fund, payer), payer, late ? 'late' : 'current'];
}

/** 4501 by source. The medical fund's late fees go wholly to its pooled part, whoever's contribution was late. */
function lateFeeDetail(fund: Fund, { scheme }: DataOf<'LateFeeReceived'>['allocations'][number]): DetailPart[] {
  invariant(fundOf(scheme) === fund, `Money of ${fund} was set against a late fee of ${scheme}: funds never mix.`);
  return [...(fund === 'employee-medical' ? ['pooled' as const] : []), 'late-fee'];
}

function medicalPart(fund: Fund, payer: Payer): DetailPart[] {
  if (fund !== 'employee-medical') return [];
  return [payer === 'employee' ? 'personal' : 'pooled'];
}

function on(account: AccountCode, ...parts: readonly DetailPart[]): AccountSide {
  return { account, detail: detail(...parts) };
}

function entry(template: string, debit: AccountSide, credit: AccountSide, amount: string): Entry {
  return { template, debit, credit, amount: Money.of(amount) };
}

function rule<Type extends BooksEvent['type']>(
  _type: Type,
  rule: PostingRule<DataOf<Type>>,
): PostingRule<DataOf<Type>> {
  return rule;
}
