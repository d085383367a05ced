import {
  BrokenInvariant,
  type DomainEvent,
  type PersonalData,
  personalFields,
  type RecordedEvent,
} from '@provident/kernel';
import type { TSchema } from '@sinclair/typebox';

type Schemas = Readonly<Record<string, TSchema>>;

/** The event with its personal fields sealed. One that has none is answered as it is, at no cost. */
export function sealEvent(
  personal: PersonalData | undefined,
  schemas: Schemas,
  id: string,
  event: DomainEvent,
): DomainEvent | Promise<DomainEvent> {
  const schema = schemaWithPersonal(schemas, event.type);
  if (schema === undefined) return event;
  return keysOf(personal, event.type)
    .seal(schema, { id, data: event.data })
    .then((data) => ({ type: event.type, data }));
}

/** The events with their personal fields opened, all at once, so that their keys are asked for together. */
export function openEvents(
  personal: PersonalData | undefined,
  schemas: Schemas | undefined,
  events: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const schemaOf = (type: string) => (schemas === undefined ? undefined : schemaWithPersonal(schemas, type));
  if (!events.some(({ type }) => schemaOf(type) !== undefined)) return Promise.resolve(events);
  return Promise.all(
    events.map(async (event) => {
      const schema = schemaOf(event.type);
      if (schema === undefined) return event;
      return { ...event, data: await keysOf(personal, event.type).open(schema, { data: event.data }) };
    }),
  );
}

function schemaWithPersonal(schemas: Schemas, type: string): TSchema | undefined {
  const schema = schemas[type];
  return schema !== undefined && personalFields(schema).length > 0 ? schema : undefined;
}

function keysOf(personal: PersonalData | undefined, type: string): PersonalData {
  if (personal !== undefined) return personal;
  throw new BrokenInvariant(`${type} has personal fields, and this process has no keys: import PersonalDataModule.`);
}
