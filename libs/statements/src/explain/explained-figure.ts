import type { BusinessDate, RecordedEvent } from '@provident/kernel';
import type { Step } from '@provident/policy';

/** A sentence or title for a reader of either language. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** An event that a figure rests on, in words. */
export interface EventNote {
  readonly eventId: string;
  readonly position: string;
  readonly type: string;
  /** What happened. */
  readonly what: Bilingual;
  /** The day from which it counts. */
  readonly on: BusinessDate;
  /** When the log took it (ISO 8601, UTC). */
  readonly recordedAt: string;
}

/** Why a figure of a statement is what it is: the law, the arithmetic with its parameters, and the events behind it. */
export interface ExplainedFigure {
  /** Its name: `month.2025-07.base`, `account.interest`. */
  readonly figure: string;
  readonly title: Bilingual;
  /** As it stands in the statement: yuan, or a number of months. */
  readonly amount: string;
  readonly law: string;
  readonly steps: readonly Step[];
  readonly events: readonly EventNote[];
}

const HAPPENED: Readonly<Record<string, Bilingual>> = {
  PayrollLinesDeclared: { zh: '单位申报了职工工资', en: 'The employer declared the wages' },
  ContributionDeclared: { zh: '单位当月申报完成', en: 'The employer’s declaration of the month was completed' },
  ContributionCredited: { zh: '缴费月份足额到账，记入个人权益', en: 'The month was paid in full and credited' },
  ContributionCreditReversed: { zh: '记入有误，红字冲正', en: 'The credit was wrong and was taken back in red' },
  AccountMergedFrom: { zh: '另一参保身份的账户归并转入', en: 'The account of another identity was merged in' },
  AccountMergedInto: { zh: '账户归并转出', en: 'The account was merged into another one' },
  AccountInterestPosted: { zh: '年度利息记入个人账户', en: 'The year’s interest was posted to the account' },
  YearClosed: { zh: '账户年度结转', en: 'The account’s year was closed' },
};

export function eventNote(event: RecordedEvent): EventNote {
  const { id: eventId, type, metadata, recordedAt } = event;
  const what = HAPPENED[type] ?? { zh: type, en: type };
  const at = { on: metadata.effectiveDate, recordedAt: recordedAt.toISOString() };
  return { eventId, position: event.position.toString(), type, what, ...at };
}
