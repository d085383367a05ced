import type { EventStore } from '@provident/event-store';
import {
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  invariant,
  type RecordedEvent,
} from '@provident/kernel';
import { caseAggregate } from './case.js';
import type { CarryOutCommand } from './case-commands.js';
import type { CaseFile } from './case-state.js';
import type { CaseEvent } from './events.js';
import type { ProcedureName } from './procedures.js';
import type { Request } from './request-check.js';

/** What an approved case asks for, with a context of its own: who entered, reviewed and approved it. */
export interface CarryOutOrder {
  readonly caseId: string;
  /** Checked against the procedure's schema when the case was opened. */
  readonly request: Request;
  /** Its command id belongs to the case, whichever try this is: what was done already is not done again. */
  readonly context: CommandContext;
}

/**
 * Does what an approved case asks for, by the command of another context. It may be called again with the same order, also
 * after it succeeded, and must then change nothing: commands given from it derive their ids from the order's. A
 * `DomainError` is a refusal by the rules and is written into the case; any other error is a fault, and it is called again.
 */
export type CarryOut = (order: CarryOutOrder) => Promise<unknown>;

/** Who puts the parts together gives one for each procedure. */
export type CarryOuts = Readonly<Record<ProcedureName, CarryOut>>;

type Approval = Extract<CaseEvent, { type: 'CaseApproved' | 'CaseApprovedInEmergency' | 'CaseCarryOutRetried' }>;

/**
 * Carries out the case that an event approved, and writes into it what came of it. A repeat finds the try recorded and
 * does nothing; one after a crash between doing and recording does it again under the same command id, and that changes
 * nothing.
 */
export async function carryOutApproved(
  store: EventStore,
  carryOuts: CarryOuts,
  event: RecordedEvent<Approval>,
): Promise<void> {
  const { caseId } = event.data;
  const attempt = 'attempt' in event.data ? event.data.attempt : 1;
  const { state } = await store.load(caseAggregate, caseId);
  invariant(state.status !== 'none', `The case ${caseId} is approved but not in the log.`);
  if (state.status !== 'approved' || state.attempt !== attempt) return;
  const carryOut = carryOuts[state.procedure.name as ProcedureName] as CarryOut | undefined;
  invariant(carryOut !== undefined, `Nobody carries out ${state.procedure.name}: give casework a way to.`);
  const context = contextOf(state, event);
  const on = event.metadata.effectiveDate;
  const report = (outcome: string, command: CarryOutCommand) =>
    store.execute(
      caseAggregate,
      caseId,
      command,
      causedBy(event.metadata, deterministicId(outcome, caseId, String(attempt)), {
        ...{ causationId: event.id, actor: 'system:reactions' },
      }),
    );
  try {
    await carryOut({ caseId, request: state.request, context });
  } catch (refusal) {
    if (!(refusal instanceof DomainError)) throw refusal;
    await report('case-carry-out-failed', { type: 'RecordFailure', on, attempt, refusal });
    return;
  }
  await report('case-carried-out', { type: 'RecordCarriedOut', on, attempt, commandId: context.commandId });
}

function contextOf({ caseId, accounts }: CaseFile, { id, metadata }: RecordedEvent): CommandContext {
  const { maker, reviewer, approver } = accounts;
  const { correlationId, effectiveDate, area } = metadata;
  return {
    ...{ commandId: deterministicId('case-carry-out', caseId), correlationId, causationId: id },
    ...{ actor: maker, effectiveDate, area },
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(approver === undefined ? {} : { approver }),
  };
}
