export { administrators } from './administrators/administrators.js';
export { administratorsOn } from './administrators/coverage.js';
export * from './commands.js';
export { insured } from './insured.js';
export { registryReactions } from './reactions.js';
export { RegistryModule } from './registry.module.js';
