export { authoritiesOf, type Authority, type Delegation, type RoleGrant, type StaffFacts } from './authority.js';
export type { CarryOut, CarryOutOrder, CarryOuts } from './carry-out.js';
export { caseAggregate } from './case.js';
export { CaseworkModule, type CaseworkOptions } from './casework.module.js';
export * from './commands.js';
export { type ProcedureName, PROCEDURES } from './procedures.js';
export { caseworkReactions } from './reactions.js';
export { type Role, ROLES } from './roles.js';
export { NamedStaff, Staff } from './staff.js';
