import type { BusinessDate } from '@provident/kernel';
import { type Permission, PERMISSIONS, type PermissionTerms } from './permissions.js';
import { type Department, type Role, ROLE_TERMS, type Scope, SCOPE_KINDS, type ScopeKind } from './roles.js';

/** A role as a user holds it. */
export interface Grant {
  readonly grantId: string;
  readonly role: Role;
  readonly scope: Scope;
  /** Empty for roles outside the agency. */
  readonly departments: readonly Department[];
  readonly from: BusinessDate;
  /** Last day; open when absent. */
  readonly until?: BusinessDate;
}

/** A right in force on a day: a user's own grant, or one that somebody lent him. */
export interface Right extends Grant {
  /** The user who lent it. */
  readonly lentBy?: string;
}

/** What a request is about. What is absent is not known, and a right that is bound to it does not reach. */
export interface Target {
  readonly personId?: string;
  /** Employers that the record belongs to; being administrator of one of them suffices. */
  readonly employers?: readonly string[];
  readonly area?: string;
}

export type Refused = 'no-role' | 'outside-scope' | 'other-department';
export type Verdict =
  | { readonly allowed: true; readonly right: Right | undefined }
  | { readonly allowed: false; readonly reason: Refused };

/** Judges one request by the permission table. Pure: the rights are those in force on the day of the request. */
export function judge(rights: readonly Right[], permission: Permission, target: Target): Verdict {
  const terms: PermissionTerms = PERMISSIONS[permission];
  const { roles, onlyOwnRole = false } = terms;
  if (roles === 'everyone-signed-in') return { allowed: true, right: undefined };
  const counting = onlyOwnRole ? rights.filter(({ lentBy }) => lentBy === undefined) : rights;
  const withRole = counting.filter(({ role, scope }) => isWithin(scope.kind, roles[role]));
  const reaching = withRole.filter(({ scope }) => covers(scope, target));
  // One's own grant before a lent one: who acts for another does so only where he must.
  const right = reaching
    .toSorted((a, b) => Number(a.lentBy !== undefined) - Number(b.lentBy !== undefined))
    .find((each) => isItsBusiness(each, terms));
  if (right !== undefined) return { allowed: true, right };
  return {
    allowed: false,
    reason: withRole.length === 0 ? 'no-role' : reaching.length === 0 ? 'outside-scope' : 'other-department',
  };
}

export function isInForce({ from, until }: Pick<Grant, 'from' | 'until'>, on: BusinessDate): boolean {
  return from <= on && (until === undefined || on <= until);
}

/** A grant that reaches wider than the table lets its role use the permission does not count at all. */
function isWithin(kind: ScopeKind, widest: ScopeKind | undefined): boolean {
  return widest !== undefined && SCOPE_KINDS.indexOf(kind) <= SCOPE_KINDS.indexOf(widest);
}

function covers(scope: Scope, target: Target): boolean {
  switch (scope.kind) {
    case 'own-person':
      return target.personId === scope.personId;
    case 'own-employer':
      return target.employers?.includes(scope.employer) === true;
    case 'own-area':
      return target.area === scope.area;
    case 'all':
      return true;
  }
}

function isItsBusiness(right: Right, { departments }: PermissionTerms): boolean {
  if (departments === undefined || !ROLE_TERMS[right.role].departments) return true;
  return right.departments.some((each) => departments.includes(each));
}
