import { addDays, businessDate, type BusinessDate, deterministicId, DomainError } from '@provident/kernel';
import fc from 'fast-check';
import type { UserEvent } from '../events.js';
import { actorOf, rightsOf, user, type UserCommand, userIdOf, type UserState } from '../user.js';
import { type Permission, PERMISSIONS, type PermissionTerms } from './permissions.js';
import { conflict, DEPARTMENTS, type Department, type Role, ROLE_TERMS, ROLES, type Scope } from './roles.js';
import { type Grant, judge, type Target } from './verdict.js';

/*
 * Any sequence of registrations, grants, revocations, loans and disablings, by anybody, on any day: whoever is let through
 * has, by a plain search through the events, a grant of the table that was given by another person, is not revoked, covers
 * the day and the target - his own, or that of a lender who holds it himself.
 */

const PEOPLE = [0, 1, 2].map((each) => deterministicId('someone', String(each)));
const USERS = PEOPLE.map((each) => userIdOf(each));
const EMPLOYERS = ['91350100M000100Y43', '91310000MA1FL00000'];
const AREAS = ['310000', '320000'];
const START = businessDate('2026-01-01');

const who = fc.nat({ max: PEOPLE.length - 1 });
const dayNumber = fc.nat({ max: 120 });
const dayOf = (number: number): BusinessDate => addDays(START, number);
const scope: fc.Arbitrary<Scope> = fc.oneof(
  who.map((each): Scope => ({ kind: 'own-person', personId: PEOPLE[each] as string })),
  fc.constantFrom(...EMPLOYERS).map((employer): Scope => ({ kind: 'own-employer', employer })),
  fc.constantFrom(...AREAS).map((area): Scope => ({ kind: 'own-area', area })),
  fc.constant<Scope>({ kind: 'all' }),
);
const departments = fc.subarray<Department>([...DEPARTMENTS]);
/** Most moves are such as the rules accept: of those that they refuse, a few suffice. */
const fitting = fc.nat({ max: 9 }).map((each) => each > 1);
const which = fc.nat({ max: 2 });
const granting = fc.record({
  do: fc.constant('grant' as const),
  ...{ by: who, to: who, role: fc.constantFrom<Role>('clerk', 'clerk', 'reviewer', ...ROLES), scope, departments },
  ...{ from: dayNumber, days: fc.option(dayNumber, { nil: undefined }), fitting },
});
const lending = fc.record({
  do: fc.constant('lend' as const),
  ...{ by: who, lender: who, to: who, which, from: dayNumber, days: dayNumber, fitting },
});
const move = fc.oneof(
  { arbitrary: granting, weight: 5 },
  { arbitrary: lending, weight: 5 },
  { arbitrary: fc.record({ do: fc.constant('revoke' as const), by: who, to: who, which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('end' as const), by: who, to: who, which }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('disable' as const), by: who, to: who }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('enable' as const), by: who, to: who }), weight: 1 },
);
type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never;

const target: fc.Arbitrary<Target> = fc.record(
  {
    personId: fc.constantFrom(...PEOPLE),
    employers: fc.subarray(EMPLOYERS),
    area: fc.constantFrom(...AREAS),
  },
  { requiredKeys: [] },
);
const question = fc.record({
  who,
  // Half of the questions ask for what clerks and reviewers may do, who lend and borrow most.
  permission: fc.oneof(
    fc.constantFrom<Permission>('person.enrol', 'person.read', 'statement.read', 'case.review', 'case.handle'),
    fc.constantFrom(...(Object.keys(PERMISSIONS) as Permission[])),
  ),
  target,
  on: dayNumber,
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

/** The reach and the departments that the role is given with. */
function fitted({
  role,
  to,
  scope,
  departments,
}: Extract<Move, { do: 'grant' }>): Pick<Grant, 'scope' | 'departments'> {
  const terms = ROLE_TERMS[role];
  const [kind] = terms.scopes;
  const area = AREAS[departments.length % AREAS.length] as string;
  const reach: Record<typeof kind, Scope> = {
    'own-person': { kind: 'own-person', personId: PEOPLE[to] as string },
    'own-employer': scope.kind === 'own-employer' ? scope : { kind: 'own-employer', employer: EMPLOYERS[0] as string },
    'own-area': { kind: 'own-area', area },
  };
  const some = departments.length > 0 ? departments : [...DEPARTMENTS];
  return { scope: reach[kind], departments: terms.departments ? some : [] };
}

/** The streams of a few users, and everything that happened, in order. */
class World {
  readonly states = new Map<string, UserState>(USERS.map((each) => [each, user.initial]));
  readonly log: UserEvent[] = [];

  constructor() {
    PEOPLE.forEach((personId, at) => {
      this.run(USERS[at] as string, { type: 'RegisterUser', personId, by: 'system:test' });
    });
  }

  stateOf(each: number): UserState {
    return this.states.get(USERS[each] as string) ?? user.initial;
  }

  play(moved: Move, at: number): void {
    const [to, by] = [USERS[moved.to] as string, actorOf(USERS[moved.by] as string)];
    const reason = 'because';
    switch (moved.do) {
      case 'grant': {
        const { role, from, days } = moved;
        const { scope, departments } = moved.fitting ? fitted(moved) : moved;
        const until = days === undefined ? {} : { until: dayOf(from + days) };
        const grantId = deterministicId('grant', String(at));
        const grant: Grant = { grantId, role, scope, departments, from: dayOf(from), ...until };
        this.run(to, { type: 'GrantRole', grant, by, reason });
        return;
      }
      case 'revoke': {
        const grantId = this.stateOf(moved.to).grants[moved.which]?.grantId;
        if (grantId !== undefined) this.run(to, { type: 'RevokeRole', grantId, by, reason });
        return;
      }
      case 'lend': {
        const { grants } = this.stateOf(moved.lender);
        const lent = moved.fitting ? grants.find(({ role }) => ROLE_TERMS[role].delegable) : grants[moved.which];
        if (lent === undefined) return;
        const delegation = {
          ...{ delegationId: deterministicId('loan', String(at)), lender: USERS[moved.lender] as string },
          grantId: lent.grantId,
          ...(moved.fitting
            ? { from: lent.from, until: lent.until ?? addDays(lent.from, 80) }
            : { from: dayOf(moved.from), until: dayOf(moved.from + moved.days) }),
        };
        const lender = moved.fitting ? actorOf(delegation.lender) : by;
        this.run(to, { type: 'GiveDelegation', delegation, lent, by: lender, reason });
        return;
      }
      case 'end': {
        const delegationId = this.stateOf(moved.to).delegations[moved.which]?.delegationId;
        if (delegationId !== undefined) this.run(to, { type: 'EndDelegation', delegationId, by });
        return;
      }
      case 'disable':
        this.run(to, { type: 'DisableUser', by, reason });
        return;
      case 'enable':
        this.run(to, { type: 'EnableUser', by, reason });
        return;
    }
  }

  judge({ who, permission, target, on }: Question) {
    return judge(rightsOf(this.stateOf(who), this.states, dayOf(on)), permission, target);
  }

  private run(userId: string, command: UserCommand): void {
    const state = this.states.get(userId) ?? user.initial;
    let events: readonly UserEvent[];
    try {
      events = user.decide(command, state);
    } catch (error) {
      if (error instanceof DomainError) return;
      throw error;
    }
    this.log.push(...events);
    this.states.set(
      userId,
      events.reduce((so, event) => user.evolve(so, event), state),
    );
  }
}

type DataOf<Type extends UserEvent['type']> = Extract<UserEvent, { type: Type }>['data'];
const of = <Type extends UserEvent['type']>(log: readonly UserEvent[], type: Type): DataOf<Type>[] =>
  log.filter((each) => each.type === type).map(({ data }) => data as DataOf<Type>);

/** The grants that a user holds himself on a day, by a search through what happened. */
function held(log: readonly UserEvent[], userId: string, on: BusinessDate) {
  const lastSwitch = log.findLast(
    (each) => (each.type === 'UserDisabled' || each.type === 'UserEnabled') && each.data.userId === userId,
  );
  if (lastSwitch?.type === 'UserDisabled') return [];
  const revoked = new Set(
    of(log, 'RoleRevoked')
      .filter((each) => each.userId === userId)
      .map((each) => each.grantId),
  );
  return of(log, 'RoleGranted').filter(
    (each) =>
      each.userId === userId &&
      !revoked.has(each.grantId) &&
      each.grantedBy !== actorOf(userId) &&
      each.from <= on &&
      (each.until === undefined || on <= each.until),
  );
}

/** By the words of the table: whether some grant that counts for the user allows it. */
function mayBe(log: readonly UserEvent[], { who, permission, target, on: number }: Question): boolean {
  const terms: PermissionTerms = PERMISSIONS[permission];
  const { roles } = terms;
  if (roles === 'everyone-signed-in') return true;
  const [userId, on] = [USERS[who] as string, dayOf(number)];
  const switchedOff = log.findLast(
    (each) => (each.type === 'UserDisabled' || each.type === 'UserEnabled') && each.data.userId === userId,
  );
  if (switchedOff?.type === 'UserDisabled') return false;
  const ended = new Set(of(log, 'DelegationEnded').map((each) => each.delegationId));
  const loans = of(log, 'DelegationGiven').filter(
    (each) => each.userId === userId && !ended.has(each.delegationId) && each.from <= on && on <= each.until,
  );
  const lent = loans.flatMap(({ lender, grantId }) => held(log, lender, on).filter((each) => each.grantId === grantId));
  const own = held(log, userId, on);
  return (terms.onlyOwnRole === true ? own : [...own, ...lent]).some(({ role, scope, departments }) => {
    if (roles[role] === undefined) return false;
    const isStaff = departments.length > 0;
    const business = terms.departments;
    if (isStaff && business !== undefined && !departments.some((each) => business.includes(each))) return false;
    if (scope.kind === 'all') return roles[role] === 'all';
    if (scope.kind === 'own-area') return scope.area === target.area;
    if (scope.kind === 'own-employer') return (target.employers ?? []).includes(scope.employer);
    return scope.personId === target.personId;
  });
}

describe('after any sequence of grants, revocations, loans and disablings', () => {
  it('the verdict is what a plain search through the events says', () => {
    const seen = { allowed: 0, lent: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 60 }),
        fc.array(question, { minLength: 20, maxLength: 60 }),
        (moves, asked) => {
          const world = new World();
          moves.forEach((each, at) => world.play(each, at));
          for (const each of asked) {
            const verdict = world.judge(each);
            if (verdict.allowed !== mayBe(world.log, each)) {
              throw new Error(
                `${JSON.stringify(verdict)} to ${JSON.stringify(each)} after ${JSON.stringify(world.log)}`,
              );
            }
            if (!verdict.allowed) seen.refused += 1;
            else if (verdict.right?.lentBy !== undefined) seen.lent += 1;
            else if (verdict.right !== undefined) seen.allowed += 1;
          }
        },
      ),
      // Loans that count are rare: so many sequences have far more of them than are asked for below.
      { numRuns: 1_500 },
    );
    // A property over sequences in which nothing is ever allowed would prove nothing.
    expect(Math.min(seen.allowed, seen.lent, seen.refused)).toBeGreaterThan(10);
  });

  it('nobody has a right by himself, an own-person right over another, or two roles that do not go together', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), dayNumber, (moves, on) => {
        const world = new World();
        moves.forEach((each, at) => world.play(each, at));
        for (const each of of(world.log, 'RoleGranted')) expect(each.grantedBy).not.toBe(actorOf(each.userId));
        USERS.forEach((_, at) => {
          const rights = rightsOf(world.stateOf(at), world.states, dayOf(on));
          for (const { scope } of rights) {
            if (scope.kind === 'own-person') expect(scope.personId).toBe(PEOPLE[at]);
          }
          for (const a of rights) for (const b of rights) expect(conflict(a.role, b.role)).toBe(false);
        });
      }),
      { numRuns: 200 },
    );
  });
});
