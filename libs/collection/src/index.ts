export { CollectionModule } from './collection.module.js';
export * from './commands.js';
export { dues } from './dues.js';
export { receiptIdOf } from './receipt.js';
export { collectionReactions } from './reactions.js';
