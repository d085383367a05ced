import { DateField, type EventMetadata, IdField } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';

const ActorField = Type.String({ minLength: 1 });

/** The metadata of every event, as `EventMetadata` of the kernel declares it. */
export const EventMetadataSchema = Type.Object({
  commandId: IdField,
  correlationId: IdField,
  causationId: IdField,
  actor: ActorField,
  reviewer: Type.Optional(ActorField),
  approver: Type.Optional(ActorField),
  effectiveDate: DateField,
  schemaVersion: Type.Integer({ minimum: 1 }),
  area: Type.String({ pattern: '^[0-9]{6}$', description: 'GB/T 2260' }),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

// Does not compile when the kernel's metadata and this schema part ways, in a field or in its being optional.
true satisfies Same<Required<Static<typeof EventMetadataSchema>>, Required<Readonly<EventMetadata>>>;
true satisfies Same<Static<typeof EventMetadataSchema>, Readonly<EventMetadata>>;
