export { accountInterest, type AccountEntry, type AccountInterest } from './accounts/month-product-interest.js';
export { accountCreditRate, recordRate, type ReferencedRate } from './accounts/record-rate.js';
export { loadPolicy, readPolicy } from './book/load-policy.js';
export { type OverlayValue, PolicyBook } from './book/policy-book.js';
export { type ParameterReference, type PolicyValue, referenceTo } from './book/policy-value.js';
export { workingCalendar } from './book/working-calendar.js';
export { boundedBase, contributionDue, type ContributionDue } from './contributions/contribution-due.js';
export {
  contributionTerms,
  type ContributionLine,
  type ContributionTerms,
} from './contributions/contribution-terms.js';
