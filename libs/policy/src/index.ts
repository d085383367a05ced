// Contributions and accounts: the hot path.
export {
  type AccountEntry,
  type AccountInterest,
  accountInterest,
  type MonthProductInputs,
} from './accounts/month-product-interest.js';
export { accountCreditRate, type ReferencedRate, recordRate } from './accounts/record-rate.js';
export { contributionBase, type ContributionBaseInputs, type WageBasis } from './contributions/contribution-base.js';
export {
  type Bound,
  boundedBase,
  contributionDue,
  type ContributionBase,
  type ContributionDue,
} from './contributions/contribution-due.js';
export {
  type BaseRounding,
  type Bounds,
  type ContributionLine,
  type ContributionTerms,
  contributionTerms,
  type TermsQuery,
} from './contributions/contribution-terms.js';
// Parameters.
export { areaChain, NATION } from './book/area.js';
export { dataFolder, loadPolicy, readPolicy } from './book/load-policy.js';
export { type Confidence, CONFIDENCES, type Unit, UNITS } from './book/parameter-file.js';
export { type OverlayValue, PolicyBook } from './book/policy-book.js';
export { PolicyInForce } from './book/policy-in-force.js';
export {
  type Content,
  type LegalBasis,
  legalBasisText,
  type ParameterDefinition,
  type ParameterReference,
  type PolicyValue,
  referenceTo,
} from './book/policy-value.js';
export { field, fieldsOf, moneyOf, rateOf, textOf } from './book/read-value.js';
export { workingCalendar } from './book/working-calendar.js';
export { type NationalFigure, nationalSeries, type SeriesStatus } from './statistics/national-series.js';
// Formulas.
export {
  calculate,
  type Calculation,
  type CalculationOptions,
  describeFormula,
  type FormulaDescription,
  type JsonFigure,
  listFormulas,
  parametersOf,
} from './calculate.js';
export { areaOf, type CalculationAnswer, calculateRequest, type Explain } from './calculation-request.js';
export { type Explanation, explanationText, type Language, type Step } from './calculation/explanation.js';
export { InputError, type InputProblem } from './calculation/input-error.js';
export { exampleRequest } from './cases/example-request.js';
export { type CaseFailure, type CaseRun, runCases } from './cases/run-cases.js';
// Changes of parameters at run time.
export {
  type PolicyEvent,
  policyEventSchemas,
  PolicyParameterApproved,
  PolicyParameterProposed,
  PolicyParameterReviewed,
  PolicyParameterSuperseded,
} from './events.js';
export {
  overlayOf,
  overlayValue,
  policyChange,
  type PolicyChangeCommand,
  type PolicyChangeState,
  type Proposal,
  type ProposedParameter,
} from './policy-change.js';
