export { INDICATORS, type IndicatorId } from './definitions.js';
export { statisticsProjection } from './projection.js';
export {
  type FundFigures,
  type MonthlyStatistics,
  type SchemeFigures,
  StatisticsQueries,
  type StatisticsTimes,
} from './queries.js';
export { StatisticsModule } from './statistics.module.js';
export type { StatisticsDatabase } from './tables.js';
