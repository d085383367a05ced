export type { PersonalStatement, StatementMonth } from './personal-statement.js';
export { type NamedStatement, StatementReader, type StatementTimes } from './statement-reader.js';
export { StatementsModule } from './statements.module.js';
