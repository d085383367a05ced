import type { Authority } from '../authority.js';
import type { Role } from '../roles.js';
import type { Actor } from '../separation.js';

/** Somebody who holds a role himself. */
export function acting(name: string, ...roles: readonly Role[]): Actor {
  const account = `staff:${name}`;
  return { account, authorities: roles.map((role) => ({ account, person: name, role, through: [] })) };
}

/** Somebody who was lent a role, through these people, the nearest lender first. */
export function lent(name: string, role: Role, ...through: readonly string[]): Actor {
  const account = `staff:${name}`;
  const authority: Authority = { account, person: name, role, through };
  return { account, authorities: [authority] };
}

/** How events name somebody who holds a role himself. */
export function by(name: string, role: Role) {
  return { account: `staff:${name}`, person: name, role, through: [] };
}
