import { DateField, type DomainEvent, IdField } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { SEVERITIES } from '../rules/rule.js';

const ActorField = Type.String({ minLength: 1, maxLength: 200 });
const MessageField = Type.String({ minLength: 1, maxLength: 2000 });
const PositionField = Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' }));

/** Continuous control found something amiss. One finding raises one alert, however often it is found. Stream `alert-<id>`. */
export const SupervisionAlertRaised = Type.Object({
  alertId: IdField,
  /** The check or rule that found it, such as `voucher-balance`. */
  check: Type.String({ minLength: 1, maxLength: 100 }),
  severity: Type.Union(SEVERITIES.map((each) => Type.Literal(each))),
  /** What it is about, such as `voucher:123` or `event:<id>`. */
  subject: Type.String({ minLength: 1, maxLength: 500 }),
  message: MessageField,
  /** Log position of the latest event concerned, where there is one. */
  position: PositionField,
  /** The rule that does not hold, and where it comes from. */
  rule: Type.String({ minLength: 1, maxLength: 1000 }),
  basis: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  /** The role whose business it is until somebody takes it over. */
  owner: ActorField,
  foundOn: DateField,
});

/** Somebody took an alert over: it is that person's from now on. */
export const SupervisionAlertAcknowledged = Type.Object({
  alertId: IdField,
  owner: ActorField,
  remark: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  acknowledgedOn: DateField,
});

/** What an alert told of is settled: corrected, or explained. */
export const SupervisionAlertResolved = Type.Object({
  alertId: IdField,
  resolution: Type.String({ minLength: 1, maxLength: 1000 }),
  resolvedOn: DateField,
});

/** What was resolved was found again: still there, or anew. */
export const SupervisionAlertReopened = Type.Object({
  alertId: IdField,
  message: MessageField,
  position: PositionField,
  owner: ActorField,
  foundOn: DateField,
});

export const alertEventSchemas = {
  SupervisionAlertRaised,
  SupervisionAlertAcknowledged,
  SupervisionAlertResolved,
  SupervisionAlertReopened,
} satisfies Record<string, TSchema>;

export type AlertEvent =
  | DomainEvent<'SupervisionAlertRaised', Static<typeof SupervisionAlertRaised>>
  | DomainEvent<'SupervisionAlertAcknowledged', Static<typeof SupervisionAlertAcknowledged>>
  | DomainEvent<'SupervisionAlertResolved', Static<typeof SupervisionAlertResolved>>
  | DomainEvent<'SupervisionAlertReopened', Static<typeof SupervisionAlertReopened>>;
