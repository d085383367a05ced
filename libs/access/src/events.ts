import { DateField, type DomainEvent, IdField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { DEPARTMENTS, type Role, ROLES, ScopeField } from './rights/roles.js';

const RoleField = Type.Unsafe<Role>(Type.Union(ROLES.map((role) => Type.Literal(role))));
const ReasonField = Type.String({ minLength: 1, maxLength: 500 });
/** Who decided it: an actor, `user:<user id>` or `system:<process>`. */
const ByField = Type.String({ minLength: 1, maxLength: 150 });

const GrantField = {
  grantId: IdField,
  role: RoleField,
  scope: ScopeField,
  departments: Type.Array(Type.Union(DEPARTMENTS.map((each) => Type.Literal(each)))),
  from: DateField,
  until: Type.Optional(DateField),
};

/**
 * A natural person may sign in. Stream `user-<user id>`; the id derives from the person's, so that one person is one user
 * however often registered: who makes and who checks are told apart as people, not as accounts.
 */
export const UserRegistered = Type.Object({ userId: IdField, personId: IdField, registeredBy: ByField });

/** The user holds a role from a day on, within a reach and for departments. */
export const RoleGranted = Type.Object({ userId: IdField, ...GrantField, grantedBy: ByField, reason: ReasonField });

/** The grant counts no more, from this moment. */
export const RoleRevoked = Type.Object({ userId: IdField, grantId: IdField, revokedBy: ByField, reason: ReasonField });

/**
 * Another user lends this one a role that he holds. Stands in the stream of the one who receives it, so that one stream
 * tells all that a user may do; it counts only while the lender himself holds the grant.
 */
export const DelegationGiven = Type.Object({
  userId: IdField,
  delegationId: IdField,
  lender: IdField,
  grantId: IdField,
  role: RoleField,
  from: DateField,
  until: DateField,
  reason: ReasonField,
});

/** The lender takes it back, or the one who received it gives it back. */
export const DelegationEnded = Type.Object({ userId: IdField, delegationId: IdField, endedBy: ByField });

/** The user may do nothing any more, and nothing that he lent counts. */
export const UserDisabled = Type.Object({ userId: IdField, disabledBy: ByField, reason: ReasonField });

/** The user may again do what his grants say. */
export const UserEnabled = Type.Object({ userId: IdField, enabledBy: ByField, reason: ReasonField });

export const userEventSchemas = {
  UserRegistered,
  RoleGranted,
  RoleRevoked,
  DelegationGiven,
  DelegationEnded,
  UserDisabled,
  UserEnabled,
} satisfies Record<string, TSchema>;

export type UserEvent =
  | DomainEvent<'UserRegistered', Static<typeof UserRegistered>>
  | DomainEvent<'RoleGranted', Static<typeof RoleGranted>>
  | DomainEvent<'RoleRevoked', Static<typeof RoleRevoked>>
  | DomainEvent<'DelegationGiven', Static<typeof DelegationGiven>>
  | DomainEvent<'DelegationEnded', Static<typeof DelegationEnded>>
  | DomainEvent<'UserDisabled', Static<typeof UserDisabled>>
  | DomainEvent<'UserEnabled', Static<typeof UserEnabled>>;
