export { CollectionModule } from './collection.module.js';
export * from './commands.js';
export { declaration } from './declaration.js';
export { dues } from './dues.js';
export { receipt, receiptIdOf } from './receipt.js';
export { collectionReactions } from './reactions.js';
