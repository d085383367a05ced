import { DateField, type DomainEvent, IdField, MonthField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/**
 * A month's statistics were released, as they were known at a log position: from there they can be computed again at any
 * time. A later release of the month restates it and leaves the earlier one as it is. Stream `statistics-<month>`.
 */
export const StatisticsReleased = Type.Object({
  releaseId: IdField,
  month: MonthField,
  /** Counted per month from 1. */
  number: Type.Integer({ minimum: 1 }),
  /** The last day that was counted. */
  asOf: DateField,
  /** Log position at which the figures were known. */
  position: Type.String({ pattern: '^[0-9]{1,18}$' }),
  /** SHA-256 of the indicators' definitions, so that it shows when a figure means something else since. */
  definitions: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  figures: Type.Array(
    Type.Object({
      indicator: Type.String({ minLength: 1 }),
      /** A scheme, `all` for all schemes together, or a fund. */
      of: Type.String({ minLength: 1 }),
      value: Type.Union([Type.String(), Type.Null()]),
    }),
    { minItems: 1 },
  ),
  /** Why the month is released again. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});

export const statisticsEventSchemas = { StatisticsReleased } satisfies Record<string, TSchema>;

export type StatisticsEvent = DomainEvent<'StatisticsReleased', Static<typeof StatisticsReleased>>;
export type StatisticsRelease = Static<typeof StatisticsReleased>;
