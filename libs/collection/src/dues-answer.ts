import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type BusinessDate, FUNDS, type Fund, fundOf, Money, SCHEMES, type Scheme } from '@provident/kernel';
import type { DuesPosition, UnassessedFee } from './dues-position.js';
import type { DuesState } from './dues-state.js';
import { FINE_GROUNDS } from './fines/events.js';
import { unpaidOf } from './fines/fine.js';
import { HELD_FOR, type HeldFor, heldIn } from './held.js';
import { rateBasis } from './late-fees/late-fee-rule.js';
import { sumsOf } from './owed-sums.js';

const Yuan = (description: string): PropertyDecorator =>
  ApiProperty({ type: String, description: `yuan: ${description}`, example: '12.34' });
const Day = (description: string): PropertyDecorator => ApiProperty({ type: String, format: 'date', description });
const MonthOfDues = (): PropertyDecorator => ApiProperty({ type: String, example: '2025-07' });
const Basis = (): PropertyDecorator => ApiProperty({ type: String, description: 'article that the rate stands in' });
const FundCode = (): PropertyDecorator => ApiProperty({ enum: FUNDS });
const SchemeCode = (): PropertyDecorator => ApiProperty({ enum: SCHEMES });

class OwedContribution {
  @FundCode() fund: Fund;
  @MonthOfDues() month: string;
  @Day('last day on which it is paid in time') dueDate: string;
  @Yuan('unpaid') amount: string;
}

class OwedLateFee {
  @ApiProperty({ type: String, format: 'uuid' }) feeId: string;
  @FundCode() fund: Fund;
  @SchemeCode() scheme: Scheme;
  @MonthOfDues() month: string;
  @ApiProperty({ type: Number, description: 'days that bear the fee' }) days: number;
  @Basis() basis: string;
  @Yuan('as charged') fee: string;
  @Yuan('still unpaid') unpaid: string;
}

class SegmentAnswer {
  @ApiProperty({ type: String, description: 'rate a day', example: '0.0005' }) rate: string;
  @ApiProperty({ type: Number }) days: number;
  @Yuan('for these days') fee: string;
}

class Uncharged {
  @FundCode() fund: Fund;
  @SchemeCode() scheme: Scheme;
  @MonthOfDues() month: string;
  @Yuan('on which the fee runs') principal: string;
  @Day('last day on which it would have been in time') dueDate: string;
  @Day('first overdue day') from: string;
  @Day('day to which it runs') to: string;
  @ApiProperty({ type: Number, description: 'days that bear the fee' }) days: number;
  @ApiProperty({ type: [SegmentAnswer], description: 'a part for each rate' }) segments: SegmentAnswer[];
  @Basis() basis: string;
  @Yuan('late fee') fee: string;
}

class OwedFine {
  @ApiProperty({ type: String, format: 'uuid' }) fineId: string;
  @ApiProperty({ type: String }) decisionNumber: string;
  @ApiProperty({ enum: FINE_GROUNDS }) ground: (typeof FINE_GROUNDS)[number];
  @Day('day of the decision') imposedOn: string;
  @Yuan('as imposed') amount: string;
  @Yuan('still unpaid, into the treasury') unpaid: string;
}

class HeldAnswer {
  @FundCode() fund: Fund;
  @ApiProperty({ enum: HELD_FOR, description: 'what it came for: what came for late fees is set against no dues' })
  heldFor: HeldFor;
  @Yuan('paid beyond all that it was for') amount: string;
}

/** All that an employer owes on a day, and what is held for it. */
export class DuesAnswer {
  @Day('day to which unpaid contributions bear late fees') on: string;
  @Yuan('unpaid contributions, those not yet due among them') contributionsTotal: string;
  @Yuan('unpaid late fees: charged, to be charged, and running') lateFeesTotal: string;
  @Yuan('late fees on what was paid late, to be charged') toBeAssessedTotal: string;
  @Yuan('late fees that still run') accruingTotal: string;
  @Yuan('unpaid fines') finesTotal: string;
  @ApiProperty({ type: [OwedContribution] }) contributions: OwedContribution[];
  @ApiProperty({ type: [OwedLateFee], description: 'charged and not paid in full' }) lateFees: OwedLateFee[];
  @ApiProperty({ type: [Uncharged], description: 'on what was paid late: to be charged' }) toBeAssessed: Uncharged[];
  @ApiProperty({ type: [Uncharged], description: 'on what is unpaid: grows until it is paid' }) accruing: Uncharged[];
  @ApiProperty({ type: [OwedFine] }) fines: OwedFine[];
  @ApiProperty({ type: [HeldAnswer] }) held: HeldAnswer[];
  @ApiPropertyOptional({ type: String, description: 'what to do next, where something is to be assessed' })
  remedy?: string;

  static of(on: BusinessDate, state: DuesState, position: DuesPosition): DuesAnswer {
    const { contributions, charged, assessable, accruing, fines } = position;
    const sums = sumsOf(position);
    return {
      ...{ on, contributionsTotal: sums.contributions.toString(), lateFeesTotal: sums.lateFees.toString() },
      ...{ toBeAssessedTotal: feesOf(assessable), accruingTotal: feesOf(accruing), finesTotal: sums.fines.toString() },
      contributions: contributions.map(({ amount, ...each }) => ({ ...each, amount: amount.toString() })),
      lateFees: charged.map(({ feeId, month, scheme, days, basis, fee, paid }) => ({
        ...{ feeId, fund: fundOf(scheme), scheme, month, days, basis },
        ...{ fee: fee.toString(), unpaid: fee.minus(paid).toString() },
      })),
      ...{ toBeAssessed: assessable.map(unchargedOf), accruing: accruing.map(unchargedOf) },
      fines: fines.map((fine) => ({
        ...{ fineId: fine.fineId, decisionNumber: fine.decisionNumber, ground: fine.imposed.ground },
        ...{ imposedOn: fine.imposed.imposedOn, amount: fine.amount.toString(), unpaid: unpaidOf(fine).toString() },
      })),
      held: heldOf(state),
      ...(assessable.length === 0 ? {} : { remedy: 'Have the late fees assessed; then pay them.' }),
    };
  }
}

function unchargedOf({ scheme, principal, segments, fee, parameters, ...rest }: UnassessedFee): Uncharged {
  const { month, dueDate, from, to, days } = rest;
  return {
    ...{ fund: fundOf(scheme), scheme, month, principal: principal.toString(), dueDate, from, to, days },
    ...{ segments: [...segments], basis: rateBasis(parameters), fee: fee.toString() },
  };
}

function heldOf(state: DuesState): HeldAnswer[] {
  return FUNDS.flatMap((fund) => HELD_FOR.map((heldFor) => ({ fund, heldFor, amount: heldIn(state, fund, heldFor) })))
    .filter(({ amount }) => amount.isPositive)
    .map((each) => ({ ...each, amount: each.amount.toString() }));
}

function feesOf(fees: readonly UnassessedFee[]): string {
  return Money.sum(fees.map(({ fee }) => fee)).toString();
}
