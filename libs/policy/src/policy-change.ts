import { type BusinessDate, type Decider, DomainError } from '@provident/kernel';
import type { OverlayValue, PolicyBook } from './book/policy-book.js';
import type { PolicyEvent } from './events.js';

export type ProposedParameter = Extract<PolicyEvent, { type: 'PolicyParameterProposed' }>['data'];

/** One proposal and what became of it. */
export interface Proposal {
  readonly content: ProposedParameter;
  readonly status: 'proposed' | 'reviewed' | 'approved' | 'superseded';
  readonly reviewer?: string;
  readonly remark?: string;
  readonly approver?: string;
  readonly approvedOn?: BusinessDate;
  readonly supersededBy?: string;
}

/** The parameter changes of one area, by proposal, in the order in which they were approved. */
export interface PolicyChangeState {
  readonly proposals: Readonly<Record<string, Proposal>>;
  readonly approved: readonly string[];
}

export type PolicyChangeCommand =
  | { readonly type: 'ProposeParameter'; readonly proposal: ProposedParameter }
  | {
      readonly type: 'ReviewParameter';
      readonly proposalId: string;
      readonly reviewer: string;
      readonly remark?: string;
    }
  | {
      readonly type: 'ApproveParameter';
      readonly proposalId: string;
      readonly approver: string;
      readonly approvedOn: BusinessDate;
    };

/**
 * Changes of parameters at run time, stream `policy-<area>`: proposed, reviewed, approved, each by somebody else. The book checks a proposal against the parameter's definition before it is taken.
 */
export function policyChange(book: PolicyBook): Decider<PolicyChangeState, PolicyChangeCommand, PolicyEvent> {
  return {
    initial: { proposals: {}, approved: [] },
    evolve,
    decide(command, state) {
      switch (command.type) {
        case 'ProposeParameter':
          return propose(command.proposal, state, book);
        case 'ReviewParameter':
          return review(command, state);
        case 'ApproveParameter':
          return approve(command, state);
      }
    },
  };
}

/** The approved changes as an overlay for `PolicyBook.withOverlay`, in the order of their approval. */
export function overlayOf({ proposals, approved }: PolicyChangeState): readonly OverlayValue[] {
  return approved.flatMap((id) => {
    const proposal = proposals[id];
    return proposal?.status === 'approved' ? [overlayValue(proposal.content, proposal.approvedOn)] : [];
  });
}

/** A proposal as an overlay, for a what-if before anybody approves it. */
export function overlayValue(proposed: ProposedParameter, known?: BusinessDate): OverlayValue {
  const { parameter, area, from, to, value, basis, source, confidence } = proposed;
  return {
    ...{ parameter, area, from, value, basis, source, confidence },
    ...(to === undefined ? {} : { to }),
    ...(known === undefined ? {} : { known }),
  };
}

function evolve(state: PolicyChangeState, event: PolicyEvent): PolicyChangeState {
  const { proposalId } = event.data;
  const change = (proposal: Partial<Proposal>): PolicyChangeState['proposals'] => {
    const before = state.proposals[proposalId];
    return before === undefined ? state.proposals : { ...state.proposals, [proposalId]: { ...before, ...proposal } };
  };
  switch (event.type) {
    case 'PolicyParameterProposed':
      return { ...state, proposals: { ...state.proposals, [proposalId]: { content: event.data, status: 'proposed' } } };
    case 'PolicyParameterReviewed':
      return { ...state, proposals: change({ status: 'reviewed', ...reviewed(event.data) }) };
    case 'PolicyParameterApproved': {
      const { approver, approvedOn } = event.data;
      return {
        proposals: change({ status: 'approved', approver, approvedOn }),
        approved: [...state.approved, proposalId],
      };
    }
    case 'PolicyParameterSuperseded':
      return { ...state, proposals: change({ status: 'superseded', supersededBy: event.data.supersededBy }) };
  }
}

function reviewed({ reviewer, remark }: Extract<PolicyEvent, { type: 'PolicyParameterReviewed' }>['data']) {
  return { reviewer, ...(remark === undefined ? {} : { remark }) };
}

function propose(proposal: ProposedParameter, state: PolicyChangeState, book: PolicyBook): readonly PolicyEvent[] {
  if (state.proposals[proposal.proposalId] !== undefined) return [];
  book.withOverlay([overlayValue(proposal)]);
  return [{ type: 'PolicyParameterProposed', data: proposal }];
}

function review(
  { proposalId, reviewer, remark }: Extract<PolicyChangeCommand, { type: 'ReviewParameter' }>,
  state: PolicyChangeState,
): readonly PolicyEvent[] {
  const proposal = find(proposalId, state);
  if (proposal.status !== 'proposed') return [];
  refuseProposer(reviewer, proposal, 'reviewer-is-proposer', 'reviews');
  const data = { proposalId, reviewer, ...(remark === undefined ? {} : { remark }) };
  return [{ type: 'PolicyParameterReviewed', data }];
}

function approve(
  { proposalId, approver, approvedOn }: Extract<PolicyChangeCommand, { type: 'ApproveParameter' }>,
  state: PolicyChangeState,
): readonly PolicyEvent[] {
  const proposal = find(proposalId, state);
  if (proposal.status === 'approved' || proposal.status === 'superseded') return [];
  refuseProposer(approver, proposal, 'approver-is-proposer', 'approves');
  if (proposal.status === 'proposed') throw notReviewed(proposalId);
  refuseReviewer(approver, proposal);
  const replaced = state.approved.filter((id) => {
    const other = state.proposals[id];
    return other?.status === 'approved' && coversWholly(proposal.content, other.content);
  });
  return [
    { type: 'PolicyParameterApproved', data: { proposalId, approver, approvedOn } },
    ...replaced.map((id) => ({
      type: 'PolicyParameterSuperseded' as const,
      data: { proposalId: id, supersededBy: proposalId },
    })),
  ];
}

function coversWholly(newer: ProposedParameter, older: ProposedParameter): boolean {
  const ends = newer.to === undefined || (older.to !== undefined && older.to <= newer.to);
  return newer.parameter === older.parameter && newer.area === older.area && newer.from <= older.from && ends;
}

function find(proposalId: string, { proposals }: PolicyChangeState): Proposal {
  const proposal = proposals[proposalId];
  if (proposal !== undefined) return proposal;
  throw new DomainError(
    'proposal-unknown',
    `There is no proposal ${proposalId} in this area.`,
    'Only a proposed change can be reviewed or approved.',
    'Check the proposal and its area.',
    { proposalId },
  );
}

function refuseProposer(actor: string, { content }: Proposal, code: string, verb: string): void {
  if (actor !== content.proposer) return;
  throw new DomainError(
    code,
    `${actor} proposed this change.`,
    `Whoever proposes a change neither reviews nor approves it (社会保险经办条例 第36-38条: graded review).`,
    `Somebody else ${verb} it.`,
    { proposalId: content.proposalId },
  );
}

function refuseReviewer(actor: string, { content, reviewer }: Proposal): void {
  if (actor !== reviewer) return;
  throw new DomainError(
    'approver-is-reviewer',
    `${actor} reviewed this change.`,
    'Whoever reviews a change does not approve it (社会保险经办条例 第36-38条: graded review).',
    'Somebody else approves it.',
    { proposalId: content.proposalId },
  );
}

function notReviewed(proposalId: string): DomainError {
  return new DomainError(
    'proposal-not-reviewed',
    `Proposal ${proposalId} has not been reviewed.`,
    'A change is reviewed before it is approved (社会保险经办条例 第36-38条: graded review).',
    'Have it reviewed first.',
    { proposalId },
  );
}
