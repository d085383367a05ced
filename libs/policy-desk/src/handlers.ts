import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { deterministicId } from '@provident/kernel';
import { ApproveProposal, ProposeParameter, ReviewProposal } from './commands.js';
import { LivePolicy } from './live-policy.js';

@CommandHandler(ProposeParameter)
export class ProposeParameterHandler implements ICommandHandler<ProposeParameter> {
  constructor(private readonly policy: LivePolicy) {}

  async execute({ body, context }: ProposeParameter): Promise<CommandResult & { readonly proposalId: string }> {
    const proposalId = deterministicId('proposal', context.commandId);
    const { basis, to, ...rest } = body;
    const proposal = {
      ...rest,
      ...(to === undefined ? {} : { to }),
      basis: { ...basis },
      proposalId,
      proposer: context.actor,
    };
    const result = await this.policy.change(body.area, { type: 'ProposeParameter', proposal }, context);
    return { ...result, proposalId };
  }
}

@CommandHandler(ReviewProposal)
export class ReviewProposalHandler implements ICommandHandler<ReviewProposal> {
  constructor(private readonly policy: LivePolicy) {}

  execute({ body, context }: ReviewProposal): Promise<CommandResult> {
    const { area, proposalId, remark } = body;
    const reviewer = context.actor;
    return this.policy.change(
      area,
      { type: 'ReviewParameter', proposalId, reviewer, ...(remark === undefined ? {} : { remark }) },
      { ...context, reviewer },
    );
  }
}

@CommandHandler(ApproveProposal)
export class ApproveProposalHandler implements ICommandHandler<ApproveProposal> {
  constructor(private readonly policy: LivePolicy) {}

  async execute({ body, context }: ApproveProposal): Promise<CommandResult> {
    const { area, proposalId } = body;
    const approver = context.actor;
    // Who reviewed is settled by now: a review is not repeated. Whether it took place, the decider says.
    const reviewer = (await this.policy.changesOf(area)).proposals[proposalId]?.reviewer;
    return this.policy.change(
      area,
      { type: 'ApproveParameter', proposalId, approver, approvedOn: context.effectiveDate },
      { ...context, ...(reviewer === undefined ? {} : { reviewer }), approver },
    );
  }
}

export const policyDeskHandlers = [ProposeParameterHandler, ReviewProposalHandler, ApproveProposalHandler];
