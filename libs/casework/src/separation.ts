import { DomainError } from '@provident/kernel';
import { type Authority, reaches, type Target } from './authority.js';
import { type CaseFile, peopleOf } from './case-state.js';
import type { Role } from './roles.js';

/** Who gives a command: an account, and every way in which it may act on that day. */
export interface Actor {
  readonly account: string;
  readonly authorities: readonly Authority[];
}

/** People who must have no part in a step, and what they did instead. */
export interface Bar {
  readonly people: readonly string[];
  readonly code: string;
  readonly did: string;
}

const GRADED =
  'Whoever enters neither reviews nor approves, and whoever reviews does not approve (社会保险经办条例 第37条: graded review). ' +
  'It is the person who counts, whatever account or role is used, and whoever lent the role counts as well.';

/** Bars of a review: nobody who had a part in making the case. */
export function notMakers({ makers }: CaseFile): Bar {
  return { people: makers, code: 'checker-is-maker', did: 'entered this case or part of it' };
}

/** Bars of an approval besides: nobody who ever reviewed it. */
export function notReviewers({ reviewers }: CaseFile): Bar {
  return { people: reviewers, code: 'approver-is-reviewer', did: 'reviewed this case' };
}

/** Bars of entering: whoever reviewed a case does not go on to make it. */
export function notYetReviewers({ reviewers }: CaseFile): Bar {
  return { people: reviewers, code: 'maker-is-reviewer', did: 'reviewed this case' };
}

/** Bars of the review that follows an emergency, besides: nobody who approved it. */
export function notApprovers({ approvers }: CaseFile): Bar {
  return { people: approvers, code: 'reviewer-is-approver', did: 'approved this case' };
}

/**
 * The first of the actor's authorities that has one of the roles, reaches the target, and that no bar stands against.
 * Throws `role-missing` when it has none of the roles, `role-out-of-reach` when none of them reaches, or the code of the
 * bar that stands against all of them.
 */
export function actAs(actor: Actor, roles: readonly Role[], target: Target = {}, bars: readonly Bar[] = []): Authority {
  const withRole = actor.authorities.filter(({ role }) => roles.includes(role));
  if (withRole.length === 0) throw roleMissing(actor, roles);
  const fitting = withRole.filter((authority) => reaches(authority, target));
  const [first] = fitting;
  if (first === undefined) throw outOfReach(actor);
  const free = fitting.find((authority) => bars.every((bar) => !isBarred(authority, bar)));
  if (free !== undefined) return free;
  const bar = bars.find((each) => isBarred(first, each)) ?? bars[0];
  const person = peopleOf(first).find((each) => bar?.people.includes(each)) ?? first.person;
  const how = person === first.person ? '' : `, whose role ${first.role} ${actor.account} was lent`;
  throw new DomainError(
    bar?.code ?? 'checker-is-maker',
    `${person}${how}, ${bar?.did ?? 'had a part in this case'}.`,
    GRADED,
    'Somebody else does this step, by a role of his own or of somebody who had no part in it.',
    { person },
  );
}

function isBarred(authority: Authority, { people }: Bar): boolean {
  return peopleOf(authority).some((person) => people.includes(person));
}

function outOfReach({ account }: Actor): DomainError {
  return new DomainError(
    'role-out-of-reach',
    `The role of ${account} does not reach this record.`,
    'Whoever acts for himself or for an employer does so on that record alone.',
    'Have it done by somebody of that employer, by the person, or by the agency.',
    { account },
  );
}

function roleMissing({ account }: Actor, roles: readonly Role[]): DomainError {
  return new DomainError(
    'role-missing',
    `${account} does not hold the role ${roles.join(' or ')} on this day.`,
    'Each step of a procedure belongs to roles that the agency has laid down.',
    'Have somebody with that role do it, or have the role granted or lent for this day.',
    { account, roles: roles.join(' ') },
  );
}
