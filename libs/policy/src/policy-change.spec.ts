import { businessDate, type Decider, fold, month } from '@provident/kernel';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { contributionTerms } from './contributions/contribution-terms.js';
import { loadPolicy } from './book/load-policy.js';
import { type PolicyEvent, policyEventSchemas } from './events.js';
import { overlayOf, policyChange, type PolicyChangeCommand, type PolicyChangeState } from './policy-change.js';

describe('changes of parameters', () => {
  const book = loadPolicy();
  const decider: Decider<PolicyChangeState, PolicyChangeCommand, PolicyEvent> = policyChange(book);
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

  function run(...commands: PolicyChangeCommand[]): PolicyEvent[] {
    const events: PolicyEvent[] = [];
    for (const command of commands) events.push(...decider.decide(command, fold(decider, events)));
    return events;
  }

  const propose = (n: number, value = '0.005', from = '2026-01-01'): PolicyChangeCommand => ({
    type: 'ProposeParameter',
    proposal: {
      proposalId: id(n),
      parameter: 'unemployment.employer',
      area: '310000',
      from: businessDate(from),
      value,
      basis: { document: '关于延续阶段性降低失业保险费率的通知' },
      source: 'notice',
      confidence: 'official',
      reason: 'the stage rate goes on',
      proposer: 'clerk',
    },
  });
  const review = (n: number, reviewer = 'reviewer'): PolicyChangeCommand => ({
    type: 'ReviewParameter',
    proposalId: id(n),
    reviewer,
  });
  const approve = (n: number, approver = 'chief'): PolicyChangeCommand => ({
    type: 'ApproveParameter',
    proposalId: id(n),
    approver,
    approvedOn: businessDate('2026-01-15'),
  });

  it('overlays the shipped data once approved, and not before', () => {
    const proposed = fold(decider, run(propose(1), review(1)));
    expect(overlayOf(proposed)).toEqual([]);
    const state = fold(decider, run(propose(1), review(1), approve(1)));
    const changed = book.withOverlay(overlayOf(state));
    const on = businessDate('2026-03-01');
    expect(changed.parameter('unemployment.employer', '310000', on).content).toBe('0.005');
    expect(() => changed.parameter('unemployment.employer', '310000', on, businessDate('2026-01-14'))).toThrow(
      'published only on 2026-01-15',
    );
    expect(() => book.parameter('unemployment.employer', '310000', on)).toThrow('No value of unemployment.employer');
    expect(() => contributionTerms(changed, { area: '310000', month: month('2026-03'), riskClass: 1 })).toThrow(
      'No value of unemployment.employee',
    );
  });

  it('never lets the proposer review or approve, nor the reviewer approve', () => {
    expect(() => run(propose(1), review(1, 'clerk'))).toThrow('clerk proposed this change');
    expect(() => run(propose(1), review(1), approve(1, 'clerk'))).toThrow('clerk proposed this change');
    expect(() => run(propose(1), review(1), approve(1, 'reviewer'))).toThrow('reviewer reviewed this change');
    expect(() => run(propose(1), approve(1))).toThrow('has not been reviewed');
    expect(() => run(review(1))).toThrow('There is no proposal');
  });

  it('repeats nothing', () => {
    expect(run(propose(1), propose(1), review(1), review(1), approve(1), approve(1))).toHaveLength(3);
  });

  it('supersedes a change whose whole period a later one covers', () => {
    const first = [propose(1), review(1), approve(1)];
    expect(run(...first, propose(2, '0.006'), review(2), approve(2)).at(-1)).toEqual({
      type: 'PolicyParameterSuperseded',
      data: { proposalId: id(1), supersededBy: id(2) },
    });
    const later = fold(decider, run(...first, propose(2, '0.006', '2026-07-01'), review(2), approve(2)));
    const changed = book.withOverlay(overlayOf(later));
    expect(changed.parameter('unemployment.employer', '310000', businessDate('2026-06-30')).content).toBe('0.005');
    expect(changed.parameter('unemployment.employer', '310000', businessDate('2026-07-01')).content).toBe('0.006');
  });

  it('refuses a value that is not in the unit of the parameter', () => {
    expect(() => run(propose(1, 'half'))).toThrow('"half" is not in ratio');
  });

  it('refuses a value whose form no formula reads', () => {
    const value = (given: unknown) => propose(1, given as string);
    expect(() => run(value(0.005))).toThrow('0.005 must be written as text');
    expect(() => run(value({ rate: 0.005 }))).toThrow('0.005 must be written as text');
    expect(() => run(value({ rate: '0.005' }))).toThrow('value must be one text, as the present one is: "0.02"');
    expect(() => run(value({}))).toThrow('value must not be empty');
    const deep = JSON.parse('['.repeat(20) + '"1"' + ']'.repeat(20)) as unknown;
    expect(() => run(value(deep))).toThrow('nested deeper than 8 levels');
  });

  it('makes events that fit their schemas', () => {
    for (const { type, data } of run(propose(1), review(1), approve(1), propose(2), review(2), approve(2))) {
      expect([...TypeCompiler.Compile(policyEventSchemas[type]).Errors(data)]).toEqual([]);
    }
  });
});
