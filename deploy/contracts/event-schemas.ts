import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Described, interfaceComments, schemaComments } from './doc-comments.js';
import { EventMetadataSchema } from './event-metadata.js';
import type { EventType } from './event-types.js';
import { DIALECT, type JsonSchema, plainSchema } from './json-schema.js';
import { storedForm } from './stored-form.js';

/** The published schema of an event type's data as the log holds it, in its present version. */
export function eventSchema(event: EventType, comments: ReadonlyMap<string, Described>): JsonSchema {
  const id = `urn:provident:event:${event.type}:${event.version}`;
  return document(id, event.type, described(storedForm(plainSchema(event.schema)), comments.get(event.type) ?? {}));
}

/** The published schema of the metadata that goes with every event. */
export function metadataSchema(repository: string): JsonSchema {
  const path = join('libs', 'kernel', 'src', 'event.ts');
  const comments = interfaceComments(path, readFileSync(join(repository, path), 'utf8'), 'EventMetadata');
  return document(
    'urn:provident:event-metadata',
    'EventMetadata',
    described(plainSchema(EventMetadataSchema), comments),
  );
}

/** The doc comments of all contexts' `events.ts`, by event type. */
export function eventComments(repository: string): ReadonlyMap<string, Described> {
  return new Map(eventFiles(repository).flatMap((file) => [...schemaComments(file, readFileSync(file, 'utf8'))]));
}

/** Every `events.ts` of the contexts: one each, or one in each of its folders. */
export function eventFiles(repository: string): string[] {
  const libs = join(repository, 'libs');
  return readdirSync(libs, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[a-z-]+[/\\]src[/\\](.+[/\\])?events\.ts$/.test(path))
    .map((path) => join(libs, path))
    .sort();
}

function document(id: string, title: string, schema: JsonSchema): JsonSchema {
  const { description, ...rest } = schema;
  return { $schema: DIALECT, $id: id, title, ...(description !== undefined && { description }), ...rest };
}

/** The schema with the source's doc comments. A comment stands before the words of the field kind ("yuan, two decimals"). */
function described(schema: JsonSchema, { text, fields, items }: Described): JsonSchema {
  const words = [text, schema.description].filter((each) => each !== undefined);
  const { properties } = schema;
  return {
    ...(words.length > 0 && { description: '' }),
    ...schema,
    ...(words.length > 0 && { description: words.length === 2 ? `${words[0]} (${words[1]})` : words[0] }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, described(inner, fields?.[name] ?? {})]),
      ),
    }),
    ...(schema.items && { items: described(schema.items, items ?? {}) }),
  };
}
