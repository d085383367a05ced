export { authoritiesOf, type Authority, type Delegation, type RoleGrant, type StaffFacts } from './authority.js';
export type { CarryOut, CarryOutOrder, CarryOuts } from './carry-out.js';
export { CaseworkModule } from './casework.module.js';
export * from './commands.js';
export type { ProcedureName } from './procedures.js';
export { caseworkTargets } from './targets.js';
export { caseworkReactions } from './reactions.js';
export type { Role } from './roles.js';
export { Staff } from './staff.js';
