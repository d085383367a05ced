export { BooksModule } from './books.module.js';
export { type ControlTotals, type MonthDifference } from './control-totals.js';
export { booksProjection } from './projection.js';
export { BookQueries, type FundPosition, type LinesQuestion, type TrialBalanceRow } from './queries.js';
export { AsOfQuery, asOfOf } from './questions.js';
export type { BooksDatabase } from './tables.js';
export type { AsOf, MonthlyTurnover } from './turnovers.js';
export { type Finding, type Verification, verifyBooks } from './verify.js';
