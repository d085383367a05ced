export { INDICATORS, type IndicatorId } from './definitions.js';
export { type FigureFact, type FigureName, factsOf } from './figure-facts.js';
export { type Figure, type FigureSubject, figuresOf } from './figures.js';
export { statisticsProjection } from './projection.js';
export {
  type FundFigures,
  type MonthlyStatistics,
  type SchemeFigures,
  StatisticsQueries,
  type StatisticsTimes,
} from './queries.js';
export { StatisticsModule } from './statistics.module.js';
export { latestDay } from './scheme-figures.js';
export type { StatisticsDatabase } from './tables.js';
export type { StatisticsRelease } from './releases/events.js';
export type { RebuiltRelease } from './releases/rebuilt-release.js';
export { StatisticsReleases } from './releases/releases.js';
export { ReleasesModule } from './releases/releases.module.js';
export { LateFeesQueries } from './late-fees/late-fees.js';
export { lateFeeTerms } from './late-fees/late-fee-terms.js';
