// Contributions and accounts: the hot path.
export {
  type AccountEntry,
  type AccountInterest,
  accountInterest,
  type MonthProductInputs,
} from './accounts/month-product-interest.js';
export { accountShare } from './accounts/account-share.js';
export { type ReferencedRate, recordRate } from './accounts/record-rate.js';
export {
  type Bound,
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
export { takesPartIn } from './contributions/participation.js';
// Parameters.
export { areaChain } from './book/area.js';
export { dataFolder, loadPolicy } from './book/load-policy.js';
export { type Confidence, CONFIDENCES, type Unit } from './book/parameter-file.js';
export { type OverlayValue, PolicyBook } from './book/policy-book.js';
export { PolicyInForce } from './book/policy-in-force.js';
export {
  type Content,
  type LegalBasis,
  type ParameterDefinition,
  type ParameterReference,
  type PolicyValue,
  referenceTo,
} from './book/policy-value.js';
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
export { type PolicyEvent, policyEventSchemas } from './events.js';
export {
  overlayOf,
  policyChange,
  type PolicyChangeCommand,
  type PolicyChangeState,
  type Proposal,
  type ProposedParameter,
} from './policy-change.js';
