export { BooksModule } from './books.module.js';
export { type Account, type AccountClass, CHART, accountOf, detailName } from './chart-of-accounts.js';
export { type ControlTotals, type MonthDifference, controlTotals } from './control-totals.js';
export { EVENTS_WITHOUT_POSTING, HOUSE_TEMPLATES, POSTING_RULES, voucherFor } from './posting-rules.js';
export { booksProjection } from './projection.js';
export { BookQueries, type FundPosition, type LinesQuestion, type TrialBalanceRow } from './queries.js';
export type { BooksDatabase } from './tables.js';
export { type AsOf, type TurnoverQuestion, type TurnoverSums, turnovers } from './turnovers.js';
export { type Finding, type Verification, verifyBooks } from './verify.js';
