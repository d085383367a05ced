import { type BusinessDate, type Decider, deterministicId, DomainError } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type UserEvent, userEventSchemas } from './events.js';
import { checkGrant, checkLoan, noSuchGrant } from './user-rules.js';
import { type Grant, isInForce, type Right } from './rights/verdict.js';

export interface Delegation {
  readonly delegationId: string;
  readonly lender: string;
  readonly grantId: string;
  readonly role: Grant['role'];
  readonly from: BusinessDate;
  readonly until: BusinessDate;
}

export interface UserState {
  readonly userId: string | undefined;
  readonly personId: string | undefined;
  readonly disabled: boolean;
  readonly grants: readonly Grant[];
  /** What others lend this user. */
  readonly delegations: readonly Delegation[];
}

/** `by` is the actor who decides it: `user:<user id>` or `system:<process>`. */
export type UserCommand =
  | { type: 'RegisterUser'; personId: string; by: string }
  | { type: 'GrantRole'; grant: Grant; by: string; reason: string }
  | { type: 'RevokeRole'; grantId: string; by: string; reason: string }
  /** `lent` is the lender's own grant as his stream has it now. */
  | { type: 'GiveDelegation'; delegation: Omit<Delegation, 'role'>; lent: Grant; by: string; reason: string }
  | { type: 'EndDelegation'; delegationId: string; by: string }
  | { type: 'DisableUser'; by: string; reason: string }
  | { type: 'EnableUser'; by: string; reason: string };

/** One natural person is one user. */
export function userIdOf(personId: string): string {
  return deterministicId('user', personId);
}

export function actorOf(userId: string): string {
  return `user:${userId}`;
}

const decider: Decider<UserState, UserCommand, UserEvent> = {
  initial: { userId: undefined, personId: undefined, disabled: false, grants: [], delegations: [] },

  evolve(state, { type, data }) {
    switch (type) {
      case 'UserRegistered':
        return { ...state, userId: data.userId, personId: data.personId };
      case 'RoleGranted': {
        const { grantId, role, scope, departments, from, until } = data;
        const grant = { grantId, role, scope, departments, from, ...(until === undefined ? {} : { until }) };
        return { ...state, grants: [...state.grants, grant] };
      }
      case 'RoleRevoked':
        return { ...state, grants: state.grants.filter(({ grantId }) => grantId !== data.grantId) };
      case 'DelegationGiven': {
        const { delegationId, lender, grantId, role, from, until } = data;
        return { ...state, delegations: [...state.delegations, { delegationId, lender, grantId, role, from, until }] };
      }
      case 'DelegationEnded':
        return {
          ...state,
          delegations: state.delegations.filter(({ delegationId }) => delegationId !== data.delegationId),
        };
      case 'UserDisabled':
        return { ...state, disabled: true };
      case 'UserEnabled':
        return { ...state, disabled: false };
    }
  },

  decide(command, state) {
    if (command.type === 'RegisterUser') return register(command, state);
    const userId = registered(state);
    switch (command.type) {
      case 'GrantRole':
        return grant(command, state, userId);
      case 'RevokeRole': {
        const { grantId, by, reason } = command;
        if (!state.grants.some((each) => each.grantId === grantId)) return [];
        return [{ type: 'RoleRevoked', data: { userId, grantId, revokedBy: by, reason } }];
      }
      case 'GiveDelegation':
        return lend(command, state, userId);
      case 'EndDelegation':
        return endDelegation(command, state, userId);
      case 'DisableUser':
        if (state.disabled) return [];
        return [{ type: 'UserDisabled', data: { userId, disabledBy: command.by, reason: command.reason } }];
      case 'EnableUser':
        if (!state.disabled) return [];
        refuseSelf(command.by, userId, 'enable');
        return [{ type: 'UserEnabled', data: { userId, enabledBy: command.by, reason: command.reason } }];
    }
  },
};

export const user: Aggregate<UserState, UserCommand, UserEvent> = {
  ...decider,
  category: 'user',
  schemas: userEventSchemas,
};

/**
 * Everything that the user may use on a day: own grants, and those of others that are lent to him and that the lender
 * still holds himself. What was lent cannot be lent on: a lender's delegations do not count.
 */
export function rightsOf(state: UserState, lenders: ReadonlyMap<string, UserState>, on: BusinessDate): Right[] {
  if (state.userId === undefined || state.disabled) return [];
  const own = state.grants.filter((each) => isInForce(each, on));
  const lent = state.delegations
    .filter((each) => isInForce(each, on))
    .flatMap(({ lender, grantId }) => {
      const holder = lenders.get(lender);
      if (holder === undefined || holder.disabled) return [];
      return holder.grants
        .filter((each) => each.grantId === grantId && isInForce(each, on))
        .map((each) => ({ ...each, lentBy: lender }));
    });
  return [...own, ...lent];
}

function register(
  { personId, by }: Extract<UserCommand, { type: 'RegisterUser' }>,
  state: UserState,
): readonly UserEvent[] {
  if (state.userId !== undefined) return [];
  const userId = userIdOf(personId);
  refuseSelf(by, userId, 'register');
  return [{ type: 'UserRegistered', data: { userId, personId, registeredBy: by } }];
}

function grant(
  { grant, by, reason }: Extract<UserCommand, { type: 'GrantRole' }>,
  state: UserState,
  userId: string,
): readonly UserEvent[] {
  refuseSelf(by, userId, 'grant a role to');
  if (state.disabled) throw disabled();
  checkGrant(grant, state);
  const content = ({ role, scope, departments, from, until }: Grant): string =>
    JSON.stringify([role, scope, [...departments].sort(), from, until]);
  if (state.grants.some((each) => content(each) === content(grant))) return [];
  const data = { userId, ...grant, departments: [...grant.departments], grantedBy: by, reason };
  return [{ type: 'RoleGranted', data }];
}

function lend(
  command: Extract<UserCommand, { type: 'GiveDelegation' }>,
  state: UserState,
  userId: string,
): readonly UserEvent[] {
  const { delegation, lent, by, reason } = command;
  if (state.disabled) throw disabled();
  if (by !== actorOf(delegation.lender)) throw onlyTheHolder();
  refuseSelf(by, userId, 'lend a role to');
  if (lent.grantId !== delegation.grantId) throw noSuchGrant();
  checkLoan(delegation, lent, state);
  if (state.delegations.some(({ delegationId }) => delegationId === delegation.delegationId)) return [];
  return [{ type: 'DelegationGiven', data: { userId, ...delegation, role: lent.role, reason } }];
}

function endDelegation(
  { delegationId, by }: Extract<UserCommand, { type: 'EndDelegation' }>,
  state: UserState,
  userId: string,
): readonly UserEvent[] {
  const delegation = state.delegations.find((each) => each.delegationId === delegationId);
  if (delegation === undefined) return [];
  if (by !== actorOf(userId) && by !== actorOf(delegation.lender)) throw onlyTheHolder();
  return [{ type: 'DelegationEnded', data: { userId, delegationId, endedBy: by } }];
}

function registered({ userId }: UserState): string {
  if (userId !== undefined) return userId;
  throw new DomainError(
    'user-unknown',
    'There is no such user.',
    'Rights are given to registered users only.',
    'Register the user first.',
  );
}

function refuseSelf(by: string, userId: string, what: string): void {
  if (by !== actorOf(userId)) return;
  throw new DomainError(
    'own-rights',
    `Nobody may ${what} himself.`,
    'Rights are given by another person (社会保险经办条例 第37条: graded review).',
    'Ask another operator.',
  );
}

function disabled(): DomainError {
  return new DomainError(
    'user-disabled',
    'The user is disabled.',
    'A disabled user receives no rights.',
    'Enable the user first.',
  );
}

function onlyTheHolder(): DomainError {
  return new DomainError(
    'delegation-not-own',
    'Only the holder of a role lends it, and only the lender or the one who received it ends that.',
    'A delegation is a decision of the person who holds the right.',
    'Ask the holder, or have an operator revoke the role.',
  );
}
