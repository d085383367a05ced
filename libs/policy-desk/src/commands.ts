import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import type { BusinessDate, CommandContext } from '@provident/kernel';
import type { Confidence, Content, LegalBasis } from '@provident/policy';

/** A value for a parameter, as a clerk proposes it; in the unit and form of the present value, every number as text. */
export interface ProposeParameterBody {
  readonly parameter: string;
  /** Division code; 000000 for the nation. */
  readonly area: string;
  readonly from: BusinessDate;
  /** Last day; open when absent. */
  readonly to?: BusinessDate;
  readonly value: Content;
  readonly basis: LegalBasis;
  readonly source: string;
  readonly confidence: Confidence;
  readonly reason: string;
}

export interface ApproveProposalBody {
  readonly area: string;
  readonly proposalId: string;
}

export interface ReviewProposalBody extends ApproveProposalBody {
  readonly remark?: string;
}

/** The actor of the context is the proposer. */
export class ProposeParameter extends Command<CommandResult & { readonly proposalId: string }> {
  constructor(
    readonly body: ProposeParameterBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The actor of the context is the reviewer. */
export class ReviewProposal extends Command<CommandResult> {
  constructor(
    readonly body: ReviewProposalBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The actor of the context is the approver; the day of approval is the context's. */
export class ApproveProposal extends Command<CommandResult> {
  constructor(
    readonly body: ApproveProposalBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}
