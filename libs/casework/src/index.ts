export type { CarryOut, CarryOutOrder, CarryOuts } from './carry-out.js';
export { CaseworkModule } from './casework.module.js';
export * from './commands.js';
export type { ProcedureName } from './procedures.js';
export { caseworkTargets } from './targets.js';
export { caseworkReactions } from './reactions.js';
