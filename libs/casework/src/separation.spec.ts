import { addDays, businessDate, type BusinessDate, DomainError, fold } from '@provident/kernel';
import fc from 'fast-check';
import { authoritiesOf, type Delegation, type RoleGrant, type StaffFacts } from './authority.js';
import { caseAggregate } from './case.js';
import type { CaseCommand } from './case-commands.js';
import type { CaseEvent } from './events.js';
import type { Role } from './roles.js';
import { CALENDAR, CASE, FORM, OTHER_CASE, PROOF, REFUND } from './testing/cases.js';

const FIRST = businessDate('2026-01-05');
const DAYS = 40;
const PEOPLE = ['qian', 'sun', 'li', 'zhou'] as const;
/** Everybody has two accounts. */
const ACCOUNTS = PEOPLE.flatMap((person) => [`clerk:${person}`, `chief:${person}`]);
const ROLES: readonly Role[] = ['clerk', 'reviewer', 'approver'];

const dayAt = (place: number): BusinessDate => addDays(FIRST, place);
const place = fc.integer({ min: 0, max: DAYS });
const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...ROLES);
const period = fc.tuple(fc.oneof(fc.constant(0), place), place).map(([one, other]) => ({
  from: dayAt(Math.min(one, other)),
  until: dayAt(Math.max(one, other)),
}));

/** Roles come and go: each grant ends on some day or never. */
const grants = fc.array(
  fc
    .record({ person, role, period, ends: fc.boolean() })
    .map(({ period: { from, until }, ends, ...grant }): RoleGrant => ({ ...grant, from, ...(ends ? { until } : {}) })),
  { minLength: 5, maxLength: 14 },
);
const delegations = fc.array(
  fc
    .record({ lender: person, borrower: person, role, period })
    .map(({ period, ...each }): Delegation => ({ ...each, ...period })),
  { maxLength: 8 },
);

const STEPS = [
  ...['OpenCase', 'EnterDocument', 'EnterProof', 'ReviewCase', 'ApproveCase', 'ApproveInEmergency'],
  ...['ClearEmergencyDebt', 'ReturnCase', 'ResubmitCase', 'StopClock', 'ResumeClock'],
] as const;
const FORWARD = [
  ...['EnterDocument', 'EnterProof', 'ReviewCase', 'ApproveCase', 'ApproveInEmergency', 'ClearEmergencyDebt'],
] as const;
const moves = fc.array(
  fc.record({
    // Mostly the steps that bring a case forward.
    step: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FORWARD) },
      { weight: 1, arbitrary: fc.constantFrom(...STEPS) },
    ),
    account: fc.constantFrom(...ACCOUNTS),
    days: fc.constantFrom(0, 0, 0, 1, 2),
    bit: fc.constantFrom('1', '2'),
  }),
  { minLength: 20, maxLength: 60 },
);
type Move = typeof moves extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function commandOf(move: Move, day: BusinessDate, facts: StaffFacts, evidence: string): CaseCommand {
  const { account } = move;
  const given = {
    ...{ actor: { account, authorities: authoritiesOf(facts, account, day) }, on: day, calendar: CALENDAR },
  };
  switch (move.step) {
    case 'OpenCase':
      return { type: 'OpenCase', caseId: CASE, procedure: 'overpayment-refund', request: REFUND, ...given };
    case 'EnterDocument':
      return { type: 'EnterDocument', kind: 'refund-application', sha256: FORM.replace('a', move.bit), ...given };
    case 'EnterProof':
      return { type: 'EnterDocument', kind: 'payment-proof', sha256: PROOF, ...given };
    case 'ReviewCase':
    case 'ApproveCase':
      return { type: move.step, evidence, ...given };
    case 'ApproveInEmergency':
      return { type: move.step, evidence, reason: 'urgent', ...given };
    case 'ClearEmergencyDebt':
      return { type: move.step, evidence, finding: 'wrong', correctedBy: OTHER_CASE, remark: 'no', ...given };
    case 'ReturnCase':
      return { type: move.step, reason: 'unclear', missing: [], ...given };
    case 'StopClock':
      return { type: move.step, cause: 'court', reason: 'suit', ...given };
    default:
      return { type: move.step, ...given };
  }
}

/** Plays moves; what is refused is no step. */
function play(facts: StaffFacts, played: readonly Move[]): CaseEvent[] {
  const events: CaseEvent[] = [];
  let day = FIRST;
  // Somebody opens it, or nothing ever happens.
  const opening = ACCOUNTS.map((account): Move => ({ step: 'OpenCase', account, days: 0, bit: '1' }));
  for (const move of [...opening, ...played]) {
    day = addDays(day, move.days);
    const state = fold(caseAggregate, events);
    const command = commandOf(move, day, facts, state.status === 'none' ? '' : state.evidence);
    try {
      events.push(...caseAggregate.decide(command, state));
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) throw refusal;
    }
  }
  return events;
}

/** Whether a person holds a role on a day, worked out anew from the plain facts: own grant, or lent by a holder. */
function holds(facts: StaffFacts, who: string, what: string, on: BusinessDate, asked: readonly string[] = []): boolean {
  const own = facts.grants.some(
    (grant) => grant.person === who && grant.role === what && grant.from <= on && (grant.until ?? on) >= on,
  );
  return (
    own ||
    facts.delegations.some(
      ({ lender, borrower, role: lent, from, until }) =>
        borrower === who &&
        lent === what &&
        from <= on &&
        on <= until &&
        !asked.includes(lender) &&
        holds(facts, lender, what, on, [...asked, who]),
    )
  );
}

const MAKING = ['CaseOpened', 'CaseDocumentEntered', 'CaseResubmitted'];
const REVIEWING = ['CaseReviewed', 'EmergencyDebtCleared'];
const APPROVING = ['CaseApproved', 'CaseApprovedInEmergency'];

describe('maker and checker', () => {
  it('are never one person, whatever roles come and go, whoever lends what to whom, and whenever', () => {
    const reached = { reviewed: 0, approved: 0, lent: 0, cleared: 0 };
    fc.assert(
      fc.property(grants, delegations, moves, (given, lending, played) => {
        const persons = new Map(ACCOUNTS.map((account) => [account, account.slice(6)]));
        const facts = { persons, grants: given, delegations: lending };
        const events = play(facts, played);
        const people = (types: readonly string[]) =>
          new Set(
            events.flatMap((event) =>
              types.includes(event.type) && 'by' in event.data ? [event.data.by.person, ...event.data.by.through] : [],
            ),
          );
        const [makers, reviewers, approvers] = [people(MAKING), people(REVIEWING), people(APPROVING)];
        const shared = (one: Set<string>, other: Set<string>) => [...one].filter((each) => other.has(each));
        expect(shared(makers, reviewers)).toEqual([]);
        expect(shared(makers, approvers)).toEqual([]);
        expect(shared(reviewers, approvers)).toEqual([]);
        for (const { data } of events) {
          if (!('by' in data)) continue;
          expect(persons.get(data.by.account)).toBe(data.by.person);
          expect(holds(facts, data.by.person, data.by.role, data.on)).toBe(true);
          if (data.by.through.length > 0) reached.lent += 1;
        }
        if (reviewers.size > 0) reached.reviewed += 1;
        if (approvers.size > 0) reached.approved += 1;
        if (events.some(({ type }) => type === 'EmergencyDebtCleared')) reached.cleared += 1;
      }),
      { numRuns: 1_000 },
    );
    // Sequences in which nothing is ever checked would prove nothing.
    for (const count of Object.values(reached)) expect(count).toBeGreaterThan(2);
  });
});

describe('authorities', () => {
  const persons = new Map([
    ['clerk:a', 'a'],
    ['clerk:b', 'b'],
    ['clerk:c', 'c'],
  ]);
  const [from, until] = [dayAt(2), dayAt(4)];
  const facts: StaffFacts = {
    persons,
    grants: [{ person: 'a', role: 'approver', from: FIRST, until: dayAt(3) }],
    delegations: [
      { lender: 'a', borrower: 'b', role: 'approver', from, until },
      { lender: 'b', borrower: 'c', role: 'approver', from, until },
      { lender: 'c', borrower: 'a', role: 'approver', from, until },
    ],
  };

  it('go along chains of lenders to somebody who holds the role on that day', () => {
    expect(authoritiesOf(facts, 'clerk:c', dayAt(2))).toEqual([
      { account: 'clerk:c', person: 'c', role: 'approver', through: ['b', 'a'] },
    ]);
    expect(authoritiesOf(facts, 'clerk:b', dayAt(1))).toEqual([]);
    // The lender's own role is over; the delegation lends nothing any more.
    expect(authoritiesOf(facts, 'clerk:b', dayAt(4))).toEqual([]);
    expect(authoritiesOf(facts, 'clerk:nobody', dayAt(2))).toEqual([]);
  });

  it('come back to nobody', () => {
    expect(authoritiesOf(facts, 'clerk:a', dayAt(2))).toEqual([
      { account: 'clerk:a', person: 'a', role: 'approver', through: [] },
    ]);
  });
});
