export * from './commands.js';
export { registryTargets } from './administrators/targets.js';
export { insured } from './insured.js';
export { registryReactions } from './reactions.js';
export { RegistryModule } from './registry.module.js';
export type { SettledEnrolment } from './settled-enrolment.js';
