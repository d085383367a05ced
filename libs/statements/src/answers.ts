import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CONFLICT_OUTCOMES, type ConflictOutcome } from '@provident/accounts/events';
import {
  type BusinessDate,
  type Month,
  type ParameterReference,
  PAYERS,
  type Payer,
  SCHEMES,
  type Scheme,
} from '@provident/kernel';
import {
  type AccountMovement,
  MOVEMENT_KINDS,
  type StatementAccount,
  type StatementInterest,
} from './account-of-year.js';
import type { ContributionIndex } from './contribution-index.js';
import type { Evidence } from './evidence.js';
import type { Bilingual, EventNote } from './explain/explained-figure.js';
import type { Paid, PaidLine } from './paid.js';
import type {
  StatementConflict,
  StatementCorrection,
  StatementDispute,
  StatementMonth,
  StatementSettlement,
} from './personal-statement.js';
import type { NamedStatement, StatementYear } from './statement-reader.js';

/*
 * The statement as OpenAPI describes it. Each class implements what the reader gives, so neither can change alone.
 */

const Amount = (description = 'yuan'): PropertyDecorator =>
  ApiProperty({ type: String, description, example: '1234.56' });
const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });

class EvidenceAnswer implements Evidence {
  @ApiProperty({ format: 'uuid', description: 'the event that the figures of this line come from' }) eventId: string;
  @Text('its position in the log', '12345') position: string;
}

class PaidLineAnswer implements PaidLine {
  @ApiProperty({ enum: SCHEMES }) scheme: Scheme;
  @ApiProperty({ enum: PAYERS }) payer: Payer;
  @Amount() amount: string;
}

class PaidAnswer implements Paid {
  @Amount('paid by the employer') employer: string;
  @Amount('paid by the employee') employee: string;
  @Amount('paid by both') total: string;
}

class MonthAnswer extends EvidenceAnswer implements StatementMonth {
  @Text('contribution month', '2025-07') month: Month;
  @Text('credit code of the employer') employer: string;
  @Amount('contribution base') base: string;
  @ApiProperty({ type: [PaidLineAnswer] }) lines: readonly PaidLineAnswer[];
  @ApiProperty({ type: PaidAnswer }) paid: PaidAnswer;
  @Amount('credited to the pension personal account') accountAmount: string;
  @Text('day of the credit', '2025-07-20') creditedOn: BusinessDate;
  @ApiProperty({ format: 'uuid' }) creditId: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'the credit that this one replaced' }) corrects?: string;
}

class CorrectionAnswer extends EvidenceAnswer implements StatementCorrection {
  @Text('contribution month', '2025-07') month: Month;
  @Text('credit code of the employer') employer: string;
  @Amount('negative') base: string;
  @ApiProperty({ type: [PaidLineAnswer] }) lines: readonly PaidLineAnswer[];
  @ApiProperty({ type: PaidAnswer }) paid: PaidAnswer;
  @Amount('negative') accountAmount: string;
  @Text('day of the correction', '2025-08-01') reversedOn: BusinessDate;
  @Text('why') reason: string;
  @ApiProperty({ format: 'uuid', description: 'the credit that was taken back' }) reverses: string;
}

class DisputeAnswer extends EvidenceAnswer implements StatementDispute {
  @Text('the figure', 'month.2025-07.base') figure: string;
  @Text('as it was stated then', '7460.00') stated: string;
  @Text('day on which the objection was found right', '2026-01-20') upheldOn: BusinessDate;
}

class StatementSettlementAnswer extends EvidenceAnswer implements StatementSettlement {
  @ApiProperty({
    enum: CONFLICT_OUTCOMES,
    description:
      'kept: the earlier record stands; refunded: and this principal was paid back; replaced: this one stands',
  })
  outcome: ConflictOutcome;
  @Text('day of the settlement', '2026-01-20') on: BusinessDate;
}

class StatementConflictAnswer extends EvidenceAnswer implements StatementConflict {
  @Text('contribution month', '2025-07') month: Month;
  @Text('credit code of the employer that paid it again') employer: string;
  @Amount('what the personal account would have taken') accountAmount: string;
  @ApiProperty({ format: 'uuid' }) creditId: string;
  @ApiPropertyOptional({ type: StatementSettlementAnswer, description: 'absent while it waits for a clerk' })
  settled?: StatementSettlementAnswer;
}

class ParameterAnswer implements ParameterReference {
  @Text('name of the parameter', 'account.record_rate') id: string;
  @Text('division code', '000000') area: string;
  @Text('in force from', '2025-01-01') from: string;
  @Text('value') value: string;
  @Text('document, number and article') legalBasis: string;
  @Text('how well the value is known', 'official') confidence: string;
}

class InterestAnswer extends EvidenceAnswer implements StatementInterest {
  @Text('record rate', '0.015') rate: string;
  @Amount('interest on the opening balance') onOpening: string;
  @Amount('interest on the year’s credits') onCredits: string;
  @Amount() total: string;
  @ApiProperty({ type: ParameterAnswer }) parameter: ParameterAnswer;
}

class MovementAnswer extends EvidenceAnswer implements AccountMovement {
  @ApiProperty({ enum: MOVEMENT_KINDS }) kind: AccountMovement['kind'];
  @Text('day that it counts for', '2025-07-20') on: BusinessDate;
  @ApiPropertyOptional({ type: String, example: '2025-07' }) month?: Month;
  @ApiPropertyOptional({ format: 'uuid', description: 'person id of the other account of a merge' })
  counterpart?: string;
  @Amount('negative for a reversal, and for what went to the account of a merge') amount: string;
  @Amount('balance after it') balance: string;
}

class AccountAnswer implements StatementAccount {
  @Amount('balance at the start of the year') opening: string;
  @ApiProperty({ description: 'an earlier year’s interest is not posted yet' }) provisional: boolean;
  @Amount('credited in the year') credited: string;
  @ApiPropertyOptional({ type: InterestAnswer, description: 'once the year is closed' }) interest?: InterestAnswer;
  @Amount('balance at the end of the year, or to date') closing: string;
  @ApiProperty() closed: boolean;
  @ApiProperty({ type: [MovementAnswer] }) movements: readonly MovementAnswer[];
  @ApiProperty({ description: 'contribution months on record' }) contributionMonths: number;
  @ApiPropertyOptional({ type: EvidenceAnswer }) closedBy?: EvidenceAnswer;
}

class StatementPersonAnswer {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @Text('name') name: string;
  @Text('citizen number') citizenNumber: string;
}

export class StatementAnswer implements NamedStatement {
  @ApiProperty({ type: StatementPersonAnswer }) person: StatementPersonAnswer;
  @ApiProperty({
    description: 'employers’ names by credit code',
    type: Object,
    additionalProperties: { type: 'string' },
  })
  employers: Record<string, string>;
  @ApiProperty() year: number;
  @ApiProperty({ type: [MonthAnswer] }) months: readonly MonthAnswer[];
  @ApiProperty({ type: [CorrectionAnswer] }) corrections: readonly CorrectionAnswer[];
  @ApiProperty({ type: [DisputeAnswer], description: 'objections that were found right' })
  disputes: readonly DisputeAnswer[];
  @ApiPropertyOptional({ type: [StatementConflictAnswer], description: 'months paid twice, with how each was settled' })
  conflicts?: readonly StatementConflictAnswer[];
  @ApiProperty({ type: [PaidLineAnswer], description: 'the year by scheme and payer' })
  totals: readonly PaidLineAnswer[];
  @ApiProperty({ type: PaidAnswer, description: 'the year by payer' }) paid: PaidAnswer;
  @ApiProperty({ type: AccountAnswer }) account: AccountAnswer;
  @Text('log position of the last event that the statement rests on', '12345') knownAt: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'when the log took that event' }) recordedAt?: string;
  @Text('pooling area, a division code', '310000') area: string;
  @Text('SHA-256 over the canonical JSON (RFC 8785) of all other fields') digest: string;
}

class StatementYearAnswer implements StatementYear {
  @ApiProperty() year: number;
  @ApiProperty({ description: 'contribution months of the year on record' }) months: number;
  @ApiProperty({ description: 'its interest is posted' }) closed: boolean;
}

export class StatementYearsAnswer {
  @ApiProperty({ type: [StatementYearAnswer], description: 'the newest first' }) years: readonly StatementYearAnswer[];
}

export class ContributionIndexAnswer implements ContributionIndex {
  @ApiPropertyOptional({ example: '1.0000', description: 'absent while no month has a wage to be held against' })
  averageIndex?: string;
  @ApiProperty({ description: 'the months that it is the mean of' }) months: number;
  @ApiPropertyOptional({ type: String, example: '2025-01' }) first?: Month;
  @ApiPropertyOptional({ type: String, example: '2025-12' }) last?: Month;
  @ApiProperty({ type: [String], description: "months on record without the area's average wage; they do not count" })
  withoutWage: readonly Month[];
}

class BilingualAnswer implements Bilingual {
  @Text('Chinese') zh: string;
  @Text('English') en: string;
}

class ExplainedStepAnswer {
  @Text('name of the figure that the step gives', 'base') figure: string;
  @ApiProperty({ type: BilingualAnswer, description: 'the rule in words' }) rule: BilingualAnswer;
  @Text('the rule with its numbers', '10000.00 × 0.08') working: string;
  @Text('what came out', '800.00') value: string;
  @ApiPropertyOptional({ type: String, description: 'how it was rounded', example: 'fen-half-up' }) rounding?: string;
  @ApiProperty({ type: [ParameterAnswer] }) parameters: readonly ParameterAnswer[];
}

class EventNoteAnswer extends EvidenceAnswer implements EventNote {
  @Text('event', 'ContributionCredited') type: string;
  @ApiProperty({ type: BilingualAnswer, description: 'what happened' }) what: BilingualAnswer;
  @Text('the day from which it counts', '2025-07-20') on: BusinessDate;
  @ApiProperty({ format: 'date-time', description: 'when the log took it' }) recordedAt: string;
}

export class ExplainedFigureAnswer {
  @Text('the figure', 'month.2025-07.base') figure: string;
  @ApiProperty({ type: BilingualAnswer }) title: BilingualAnswer;
  @Text('as it stands in the statement', '1234.56') amount: string;
  @Text('articles') law: string;
  @ApiProperty({ type: [ExplainedStepAnswer], description: 'the arithmetic, the last step gives the figure' })
  steps: readonly ExplainedStepAnswer[];
  @ApiProperty({ type: [EventNoteAnswer], description: 'the events that it rests on' })
  events: readonly EventNoteAnswer[];
}
