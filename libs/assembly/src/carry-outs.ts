import {
  CorrectCredit,
  type CorrectCreditBody,
  type Dispute,
  SettleConflict,
  type SettleConflictBody,
  UpholdDispute,
} from '@provident/accounts';
import type { CarryOuts } from '@provident/casework';
import {
  type FineDecision,
  type FineRevocation,
  ImposeFine,
  RefundHeldReceipt,
  type RefundHeldReceiptBody,
  RevokeFine,
  sumsOf,
  type WhatIsOwed,
} from '@provident/collection';
import { type CommandContext, deterministicId, invariant } from '@provident/kernel';
import type { CommandBus } from '@nestjs/cqrs';
import { ApproveProposal, ProposeParameter, type ProposeParameterBody, ReviewProposal } from '@provident/policy-desk';
import { MergeIdentity, RequestCancellation, type SettledEnrolment, SettleEnrolment } from '@provident/registry';

interface MergeRequest {
  readonly survivingPersonId: string;
  readonly mergedPersonId: string;
  readonly mergedOn: CommandContext['effectiveDate'];
  readonly reason: string;
}

interface CancellationRequest {
  readonly creditCode: string;
  readonly requestedOn: CommandContext['effectiveDate'];
  readonly reason: string;
}

/** Each procedure's command. A request was checked against the procedure's schema when its case was opened. */
export function carryOutsOf(commands: CommandBus, owed: WhatIsOwed): CarryOuts {
  return {
    'parameter-change': ({ request, context }) =>
      changeParameter(commands, request as unknown as ProposeParameterBody, context),
    'credit-correction': ({ request, context }) => {
      const body = request as unknown as CorrectCreditBody;
      return commands.execute(new CorrectCredit(body, { ...context, effectiveDate: body.correctedOn }));
    },
    'record-dispute': ({ caseId, request, context }) => {
      const { personId, year, figure, stated } = request as unknown as Omit<Dispute, 'disputeId' | 'upheldOn'>;
      const upheld = { disputeId: caseId, personId, year, figure, stated, upheldOn: context.effectiveDate };
      return commands.execute(new UpholdDispute(upheld, context));
    },
    'employer-cancellation': async ({ request, context }) => {
      const { creditCode, requestedOn, reason } = request as unknown as CancellationRequest;
      const effective = { ...context, effectiveDate: requestedOn };
      const body = { requestedOn, reason, owed: sumsOf((await owed.by(creditCode, requestedOn)).position) };
      return commands.execute(new RequestCancellation(creditCode, body, effective));
    },
    'identity-merge': ({ request, context }) => {
      const { survivingPersonId: survivor, mergedPersonId, mergedOn, reason } = request as unknown as MergeRequest;
      const effective = { ...context, effectiveDate: mergedOn };
      return commands.execute(new MergeIdentity(mergedPersonId, { survivor, mergedOn, reason }, effective));
    },
    'credit-conflict': ({ request, context }) => {
      const body = request as unknown as SettleConflictBody;
      return commands.execute(new SettleConflict(body, { ...context, effectiveDate: body.settledOn }));
    },
    'enrolment-conflict': ({ request, context }) => {
      const { personId, ...body } = request as unknown as SettledEnrolment & { personId: string };
      return commands.execute(new SettleEnrolment(personId, body, { ...context, effectiveDate: body.settledOn }));
    },
    'overpayment-refund': ({ request, context }) => {
      const body = request as unknown as RefundHeldReceiptBody;
      return commands.execute(new RefundHeldReceipt(body, { ...context, effectiveDate: body.refundedOn }));
    },
    'fine-imposition': ({ request, context }) => {
      const decision = request as unknown as FineDecision;
      return commands.execute(new ImposeFine(decision, { ...context, effectiveDate: decision.imposedOn }));
    },
    'fine-revocation': ({ request, context }) => {
      const revocation = request as unknown as FineRevocation;
      return commands.execute(new RevokeFine(revocation, { ...context, effectiveDate: revocation.revokedOn }));
    },
  };
}

/** The area's stream of parameters keeps its own three events, each by the person who took that step in the case. */
async function changeParameter(
  commands: CommandBus,
  body: ProposeParameterBody,
  context: CommandContext,
): Promise<void> {
  const { reviewer, approver } = context;
  invariant(reviewer !== undefined && approver !== undefined, 'A parameter changes after review and approval only.');
  const step = (name: string, actor: string): CommandContext => ({
    ...{ commandId: deterministicId(context.commandId, name), correlationId: context.correlationId },
    ...{ causationId: context.causationId, area: context.area, effectiveDate: context.effectiveDate, actor },
  });
  const proposing = { ...step('propose', context.actor), effectiveDate: body.from };
  const { proposalId } = await commands.execute(new ProposeParameter(body, proposing));
  const { area } = body;
  await commands.execute(new ReviewProposal({ area, proposalId }, step('review', reviewer)));
  await commands.execute(new ApproveProposal({ area, proposalId }, step('approve', approver)));
}
