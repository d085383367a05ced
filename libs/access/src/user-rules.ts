import { type BusinessDate, daysBetween, DomainError } from '@provident/kernel';
import { LIMITS } from './limits.js';
import { conflict, type Role, ROLE_TERMS, type RoleTerms } from './rights/roles.js';
import type { Grant } from './rights/verdict.js';
import type { UserState } from './user.js';

/** Refuses a grant that the table of roles does not know in this form, or that goes against another one. */
export function checkGrant(grant: Grant, state: UserState): void {
  const terms: RoleTerms = ROLE_TERMS[grant.role];
  if (!terms.scopes.includes(grant.scope.kind)) {
    throw new DomainError(
      'role-scope-wrong',
      `The role ${grant.role} is not given with the reach ${grant.scope.kind}.`,
      'Every role has its reaches in the table of roles.',
      `Give it as ${terms.scopes.join(' or ')}.`,
      { role: grant.role },
    );
  }
  if (grant.scope.kind === 'own-person' && grant.scope.personId !== state.personId) {
    throw new DomainError(
      'role-scope-wrong',
      "A person's own record is another person's.",
      'The reach own-person is the record of the user himself.',
      'Give the id of the person whom the user is.',
    );
  }
  if (terms.departments !== grant.departments.length > 0) {
    throw new DomainError(
      'role-departments-wrong',
      terms.departments ? `The role ${grant.role} needs a department.` : `The role ${grant.role} has no department.`,
      '社会保险经办条例 第7条: each department handles the business that is its own.',
      terms.departments ? 'Name the departments for which the user works.' : 'Leave the departments out.',
      { role: grant.role },
    );
  }
  checkPeriod(grant);
  checkConflict(grant, state);
}

/** Refuses to lend what is not lent, for longer than the lender has it, or to someone who must not hold it. */
export function checkLoan(loan: { from: BusinessDate; until: BusinessDate }, lent: Grant, state: UserState): void {
  if (!ROLE_TERMS[lent.role].delegable) {
    throw new DomainError(
      'role-not-lent',
      `The role ${lent.role} is not lent.`,
      'Rights over one’s own record or employer are filed, and those of operators and the committee are personal.',
      'File or grant it to the other person.',
      { role: lent.role },
    );
  }
  checkPeriod(loan);
  if (daysBetween(loan.from, loan.until) >= LIMITS.delegationDays) {
    throw new DomainError(
      'delegation-too-long',
      `A role is lent for at most ${LIMITS.delegationDays} days.`,
      'A lasting change is a grant, which somebody else decides.',
      'Give an earlier last day, or have the role granted.',
    );
  }
  if (loan.from < lent.from || (lent.until !== undefined && loan.until > lent.until)) {
    throw new DomainError(
      'delegation-outside-grant',
      `The role is held from ${lent.from}${lent.until === undefined ? '' : ` to ${lent.until}`} only.`,
      'Nobody lends what he does not hold.',
      'Give days within that time.',
    );
  }
  checkConflict({ role: lent.role, ...loan }, state);
}

export function noSuchGrant(): DomainError {
  return new DomainError(
    'grant-unknown',
    'The lender does not hold this grant.',
    'Nobody lends what he does not hold; what was lent is not lent on.',
    'Look the grant up among your own roles.',
  );
}

function checkPeriod({ from, until }: { from: BusinessDate; until?: BusinessDate }): void {
  if (until === undefined || from <= until) return;
  throw new DomainError(
    'period-reversed',
    `The last day ${until} is before the first, ${from}.`,
    'A role holds from its first day to its last.',
    'Give the days in their order.',
  );
}

function checkConflict(given: { role: Role; from: BusinessDate; until?: BusinessDate }, state: UserState): void {
  const held = [...state.grants, ...state.delegations];
  const against = held.find((each) => conflict(each.role, given.role) && overlap(each, given));
  if (against === undefined) return;
  throw new DomainError(
    'roles-conflict',
    `The user holds the role ${against.role} in that time, which goes not together with ${given.role}.`,
    'Who runs the system or supervises it handles no business in it.',
    'Revoke the other role first, or choose another person.',
    { held: against.role, given: given.role },
  );
}

interface Period {
  readonly from: BusinessDate;
  readonly until?: BusinessDate;
}

function overlap(a: Period, b: Period): boolean {
  return (b.until === undefined || a.from <= b.until) && (a.until === undefined || b.from <= a.until);
}
