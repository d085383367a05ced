import { BrokenInvariant, type DomainEvent } from '@provident/kernel';
import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>();

/** Asserts that an event is of the form that its schema promises to readers. Stays on in production. */
export function assertSchema(schemas: Readonly<Record<string, TSchema>>, event: DomainEvent): void {
  const schema = schemas[event.type];
  if (schema === undefined) throw new BrokenInvariant(`Event type ${event.type} has no schema.`);
  let check = compiled.get(schema);
  if (check === undefined) {
    check = TypeCompiler.Compile(schema);
    compiled.set(schema, check);
  }
  if (check.Check(event.data)) return;
  const first = check.Errors(event.data).First();
  throw new BrokenInvariant(`${event.type} at ${first?.path ?? '/'}: ${first?.message ?? 'does not fit its schema'}.`);
}
