import { businessDate, type BusinessDate, deterministicId, DomainError, fold } from '@provident/kernel';
import type { UserEvent } from './events.js';
import type { Grant } from './rights/verdict.js';
import { actorOf, rightsOf, user, type UserCommand, userIdOf, type UserState } from './user.js';

const [LI, WANG] = ['li', 'wang'].map((name) => deterministicId('test-person', name)) as [string, string];
const [LI_USER, WANG_USER] = [userIdOf(LI), userIdOf(WANG)];
const OPERATOR = actorOf(deterministicId('operator'));
const day = (text: string): BusinessDate => businessDate(text);
const id = (name: string): string => deterministicId('test-grant', name);

const registered = (personId = LI): UserEvent => ({
  type: 'UserRegistered',
  data: { userId: userIdOf(personId), personId, registeredBy: OPERATOR },
});
const CLERK: Grant = {
  grantId: id('clerk'),
  role: 'clerk',
  scope: { kind: 'own-area', area: '310000' },
  departments: ['human-resources'],
  from: day('2026-01-01'),
};
const granted = (grant: Grant, personId = LI): UserEvent => ({
  type: 'RoleGranted',
  data: { userId: userIdOf(personId), ...grant, departments: [...grant.departments], grantedBy: OPERATOR, reason: 'r' },
});
const lent = (period = { from: day('2026-03-01'), until: day('2026-03-10') }): UserEvent => ({
  type: 'DelegationGiven',
  data: {
    ...{ userId: LI_USER, delegationId: id('loan'), lender: WANG_USER, grantId: CLERK.grantId },
    ...{ role: 'clerk', reason: 'leave', ...period },
  },
});

function given(...events: UserEvent[]) {
  const state = fold<UserState, UserEvent>(user, events);
  return {
    when: (command: UserCommand) => ({
      then: (...wanted: UserEvent[]) => expect(user.decide(command, state)).toEqual(wanted),
      refused(code: string) {
        expect(refusalOf(() => user.decide(command, state))).toBe(code);
      },
    }),
  };
}

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing';
}

const grantCommand = (changes: Partial<Grant> = {}, by = OPERATOR): UserCommand => ({
  type: 'GrantRole',
  grant: { ...CLERK, ...changes },
  by,
  reason: 'r',
});
const lendCommand = (changes: object = {}, by = actorOf(WANG_USER), lentGrant = CLERK): UserCommand => ({
  type: 'GiveDelegation',
  delegation: {
    ...{ delegationId: id('loan'), lender: WANG_USER, grantId: CLERK.grantId },
    ...{ from: day('2026-03-01'), until: day('2026-03-10'), ...changes },
  },
  lent: lentGrant,
  by,
  reason: 'leave',
});

describe('registering', () => {
  const command: UserCommand = { type: 'RegisterUser', personId: LI, by: OPERATOR };
  it('makes one user of one person', () => {
    given().when(command).then(registered());
    given(registered()).when(command).then();
  });
  it('is not done by oneself', () =>
    given()
      .when({ ...command, by: actorOf(LI_USER) })
      .refused('own-rights'));
});

describe('granting a role', () => {
  it('is recorded with who, from and until', () => {
    given(registered()).when(grantCommand()).then(granted(CLERK));
  });
  it('of the same content changes nothing', () => {
    given(registered(), granted(CLERK))
      .when(grantCommand({ grantId: id('again') }))
      .then();
  });
  it('to oneself, to nobody or to a disabled user is refused', () => {
    given(registered())
      .when(grantCommand({}, actorOf(LI_USER)))
      .refused('own-rights');
    given().when(grantCommand()).refused('user-unknown');
    const disabled: UserEvent = { type: 'UserDisabled', data: { userId: LI_USER, disabledBy: OPERATOR, reason: 'r' } };
    given(registered(), disabled).when(grantCommand()).refused('user-disabled');
  });
  it('keeps to the reaches of the role, and to the user’s own person', () => {
    given(registered())
      .when(grantCommand({ scope: { kind: 'all' } }))
      .refused('role-scope-wrong');
    const insured = { role: 'insured-person', departments: [] } as const;
    const own = (personId: string): UserCommand =>
      grantCommand({ ...insured, scope: { kind: 'own-person', personId } });
    given(registered()).when(own(WANG)).refused('role-scope-wrong');
    expect(user.decide(own(LI), fold<UserState, UserEvent>(user, [registered()]))).toHaveLength(1);
  });
  it('names departments for the agency’s roles and for no other', () => {
    given(registered())
      .when(grantCommand({ departments: [] }))
      .refused('role-departments-wrong');
    given(registered())
      .when(grantCommand({ role: 'operator' }))
      .refused('role-departments-wrong');
  });
  it('refuses days in reverse and roles that do not go together, lent ones included', () => {
    given(registered())
      .when(grantCommand({ until: day('2025-12-31') }))
      .refused('period-reversed');
    const operator = grantCommand({ grantId: id('op'), role: 'operator', departments: [] });
    given(registered(), granted(CLERK)).when(operator).refused('roles-conflict');
    given(registered(), lent()).when(operator).refused('roles-conflict');
    const ended = granted({ ...CLERK, until: day('2026-01-31') });
    const later = { ...operator, grant: { ...CLERK, role: 'operator', departments: [], from: day('2026-02-01') } };
    expect(user.decide(later as UserCommand, fold<UserState, UserEvent>(user, [registered(), ended]))).toHaveLength(1);
  });
  it('is undone by revoking, once', () => {
    const revoke: UserCommand = { type: 'RevokeRole', grantId: CLERK.grantId, by: OPERATOR, reason: 'moved' };
    const revoked: UserEvent = {
      type: 'RoleRevoked',
      data: { userId: LI_USER, grantId: CLERK.grantId, revokedBy: OPERATOR, reason: 'moved' },
    };
    given(registered(), granted(CLERK)).when(revoke).then(revoked);
    given(registered(), granted(CLERK), revoked).when(revoke).then();
  });
});

describe('lending a role', () => {
  it('is recorded with the one who receives it', () => {
    given(registered()).when(lendCommand()).then(lent());
    given(registered(), lent()).when(lendCommand()).then();
  });
  it('is for its holder alone, and not to himself', () => {
    given(registered()).when(lendCommand({}, OPERATOR)).refused('delegation-not-own');
    given(registered(WANG)).when(lendCommand()).refused('own-rights');
    given(registered())
      .when(lendCommand({ grantId: id('other') }))
      .refused('grant-unknown');
  });
  it('lasts no longer than the grant and than 90 days', () => {
    given(registered())
      .when(lendCommand({ until: day('2026-05-30') }))
      .refused('delegation-too-long');
    given(registered())
      .when(lendCommand({ from: day('2025-12-31') }))
      .refused('delegation-outside-grant');
    const short = { ...CLERK, until: day('2026-03-09') };
    given(registered())
      .when(lendCommand({}, undefined, short))
      .refused('delegation-outside-grant');
  });
  it('is refused for roles that are personal, and where it conflicts', () => {
    const operator: Grant = { ...CLERK, role: 'operator', departments: [] };
    given(registered())
      .when(lendCommand({}, undefined, operator))
      .refused('role-not-lent');
    const supervisor = granted({ ...CLERK, grantId: id('sup'), role: 'supervisor', departments: [] });
    given(registered(), supervisor).when(lendCommand()).refused('roles-conflict');
  });
  it('is ended by the lender or the one who received it', () => {
    const end = (by: string): UserCommand => ({ type: 'EndDelegation', delegationId: id('loan'), by });
    const ended = (endedBy: string): UserEvent => ({
      type: 'DelegationEnded',
      data: { userId: LI_USER, delegationId: id('loan'), endedBy },
    });
    for (const by of [actorOf(LI_USER), actorOf(WANG_USER)]) given(registered(), lent()).when(end(by)).then(ended(by));
    given(registered(), lent()).when(end(OPERATOR)).refused('delegation-not-own');
    given(registered()).when(end(OPERATOR)).then();
  });
});

describe('rights on a day', () => {
  const li = (...events: UserEvent[]): UserState => fold<UserState, UserEvent>(user, [registered(), ...events]);
  const wang = (...events: UserEvent[]): ReadonlyMap<string, UserState> =>
    new Map([[WANG_USER, fold<UserState, UserEvent>(user, [registered(WANG), ...events])]]);
  const on = day('2026-03-05');

  it('are the grants in force, first and last day included', () => {
    const state = li(granted({ ...CLERK, until: on }));
    expect(rightsOf(state, new Map(), day('2026-01-01'))).toHaveLength(1);
    expect(rightsOf(state, new Map(), on)).toHaveLength(1);
    expect(rightsOf(state, new Map(), day('2025-12-31'))).toEqual([]);
    expect(rightsOf(state, new Map(), day('2026-03-06'))).toEqual([]);
  });
  it('include what is lent while the lender himself holds it and is not disabled', () => {
    expect(rightsOf(li(lent()), wang(granted(CLERK, WANG)), on)).toEqual([{ ...CLERK, lentBy: WANG_USER }]);
    expect(rightsOf(li(lent()), wang(granted(CLERK, WANG)), day('2026-03-11'))).toEqual([]);
    expect(rightsOf(li(lent()), wang(), on)).toEqual([]);
    const data = { userId: WANG_USER, disabledBy: OPERATOR, reason: 'r' };
    expect(rightsOf(li(lent()), wang(granted(CLERK, WANG), { type: 'UserDisabled', data }), on)).toEqual([]);
  });
  it('are none for a disabled user', () => {
    const data = { userId: LI_USER, disabledBy: OPERATOR, reason: 'r' };
    expect(rightsOf(li(granted(CLERK), { type: 'UserDisabled', data }), new Map(), on)).toEqual([]);
  });
});
