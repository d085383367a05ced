export type { PersonalStatement, StatementMonth } from './personal-statement.js';
export { statementPdf } from './pdf/statement-pdf.js';
export { type NamedStatement, StatementReader, type StatementTimes } from './statement-reader.js';
export { StatementsModule } from './statements.module.js';
export { type Language, LANGUAGES } from './words.js';
