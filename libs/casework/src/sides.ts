import type { Authority } from './authority.js';
import type { Role } from './roles.js';
import { type Actor, actAs } from './separation.js';

/** The agency's own people. */
export const AGENCY_ROLES: readonly Role[] = ['clerk', 'reviewer', 'approver', 'fund-manager'];

export const SIDES = ['employer', 'agency'] as const;
export type Side = (typeof SIDES)[number];

/** Speaks for one side of a conversation with an employer. Throws `role-missing` or `role-out-of-reach`. */
export function speakFor(side: Side, actor: Actor, employer: string): Authority {
  return actAs(actor, side === 'employer' ? ['employer-administrator'] : AGENCY_ROLES, { employer });
}

/** Who acted, as events write it. */
export function written({ account, person, role, through }: Authority) {
  return { account, person, role, through: [...through] };
}
