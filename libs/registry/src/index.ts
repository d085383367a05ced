export * from './commands.js';
export { employer, riskClassIn, registered } from './employer.js';
export { enrolmentIn, insured } from './insured.js';
export { personIdOf } from './person-id.js';
export { RegistryModule } from './registry.module.js';
