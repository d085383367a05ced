import type { CommandBus } from '@nestjs/cqrs';
import { actorOf } from '@provident/access/user';
import {
  type Department,
  GrantRole,
  RegisterUser,
  type Role,
  ROLE_TERMS,
  type Scope,
  userIdOf,
} from '@provident/access';
import { businessDate, type BusinessDate, type CommandContext, deterministicId } from '@provident/kernel';

/** Somebody with one role. */
export interface RoleHolder {
  readonly role: Role;
  readonly personId: string;
  readonly scope: Scope;
  readonly departments: readonly Department[];
}

/** Everybody of the sample holds his role from here on; its files begin later. */
const FROM: BusinessDate = businessDate('2025-01-01');
const BY = 'system:sample';

export type AgencyRole = Exclude<Role, 'insured-person' | 'employer-administrator'>;
const AGENCY_ROLES: readonly AgencyRole[] = [
  ...(['clerk', 'reviewer', 'approver', 'fund-manager'] as const),
  ...(['supervisor', 'committee-member', 'statistician', 'operator'] as const),
];

/** The person who holds a role at the sample's agency. The id follows from the role, so that a second start finds him. */
export function agencyPerson(role: AgencyRole): string {
  return deterministicId('sample-agency', role);
}

/** Who acts when the sample's agency does something in a role. */
export function agencyActor(role: AgencyRole): string {
  return actorOf(userIdOf(agencyPerson(role)));
}

/** One person for every role of an agency, each with the widest reach in which the role is given. */
export function agencyOf(area: string): readonly RoleHolder[] {
  return AGENCY_ROLES.map((role) => ({
    ...{ role, personId: agencyPerson(role) },
    scope: ROLE_TERMS[role].scopes.some((kind) => kind === 'all') ? { kind: 'all' } : { kind: 'own-area', area },
    departments: ROLE_TERMS[role].departments ? ['human-resources'] : [],
  }));
}

/** Registers them as users, each with his role. Repeating it changes nothing. */
export async function registerHolders(
  commands: CommandBus,
  area: string,
  holders: readonly RoleHolder[],
): Promise<void> {
  for (const { personId, role, scope, departments } of holders) {
    await commands.execute(new RegisterUser({ personId }, context(area, 'register', personId)));
    const body = { role, scope, departments: [...departments], from: FROM, reason: 'sample' };
    await commands.execute(new GrantRole(userIdOf(personId), body, context(area, 'grant', personId, role)));
  }
}

function context(area: string, ...parts: readonly string[]): CommandContext {
  const commandId = deterministicId('sample', area, ...parts);
  return { commandId, correlationId: commandId, causationId: commandId, actor: BY, area, effectiveDate: FROM };
}
