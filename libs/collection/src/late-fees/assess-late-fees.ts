import { type BusinessDate, FUNDS, fundOf } from '@provident/kernel';
import { reopenDues } from '../dues-closing.js';
import { evolve } from '../dues-evolve.js';
import { assessable, type FinalFee } from '../dues-position.js';
import type { DuesState } from '../dues-state.js';
import type { DuesEvent } from '../events.js';
import { heldIn } from '../held.js';
import { allocateToFees, writtenFees } from './fee-payments.js';
import type { LateFeeRule } from './late-fee-rule.js';

/** Charges the late fees on all that was paid late by a day and bears none yet. */
export interface AssessLateFees {
  readonly type: 'AssessLateFees';
  readonly employer: string;
  readonly assessedOn: BusinessDate;
  readonly lateFees: LateFeeRule;
}

/**
 * The fee of each late payment is final, whenever it is charged: assessed in pieces or at once it is the same. Money that
 * the employer has over in a fund is set against its charged fees, what came for late fees before all other.
 */
export function assessLateFees(command: AssessLateFees, state: DuesState): readonly DuesEvent[] {
  const { employer, assessedOn, lateFees } = command;
  const events: DuesEvent[] = assessable(state, lateFees)
    .filter(({ to }) => to <= assessedOn)
    .map((fee) => ({ type: 'LateFeeCharged', data: charged(fee, employer, assessedOn) }));
  let after = events.reduce(evolve, state);
  for (const fund of FUNDS) {
    const { allocations } = allocateToFees(fund, heldIn(after, fund), after.lateFees.values());
    if (allocations.length === 0) continue;
    const data = { employer, fund, allocations: writtenFees(allocations), appliedOn: assessedOn };
    const applied: DuesEvent = { type: 'HeldAppliedToLateFees', data };
    events.push(applied);
    after = evolve(after, applied);
  }
  return [...events, ...reopenDues(command, after, assessedOn)];
}

function charged(
  { month, scheme, principal, fee, segments, parameters, ...rest }: FinalFee,
  employer: string,
  assessedOn: BusinessDate,
): Extract<DuesEvent, { type: 'LateFeeCharged' }>['data'] {
  return {
    ...{ ...rest, employer, month, scheme, fund: fundOf(scheme), principal: principal.toString() },
    ...{ segments: [...segments], fee: fee.toString(), assessedOn, parameters: [...parameters] },
  };
}
