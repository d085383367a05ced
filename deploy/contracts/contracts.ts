import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASYNCAPI_FILE, asyncApi } from './asyncapi.js';
import { contractPath, type EventContract, releasedEvents } from './event-contract.js';
import { eventComments, eventSchema, metadataSchema } from './event-schemas.js';
import { eventTypes } from './event-types.js';
import type { JsonSchema } from './json-schema.js';
import { openApiDocuments } from './openapi.js';
import { printJson } from './print-json.js';
import { type Finding, reviewEvents, reviewSchema } from './review.js';

export const METADATA_FILE = 'event-metadata.json';

/** What the code promises, as files, and how it compares with what was released. */
export interface Contracts {
  /** Content by path in the contracts' folder. Old schema versions are not among them: they stay as they are. */
  readonly files: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  /** Files that differ from the code, are missing, or describe nothing any more. */
  readonly drift: readonly string[];
}

/** The folder of the contracts in the repository. */
export function contractsFolder(repository: string): string {
  return join(repository, 'deploy', 'contracts');
}

/** The event contracts as the code has them. */
export function presentEvents(repository: string): EventContract[] {
  const comments = eventComments(repository);
  return eventTypes().map((event) => ({ ...event, schema: eventSchema(event, comments) }));
}

/** What the repository's code promises, against what stands in a folder: the committed one. */
export async function currentContracts(repository: string, folder = contractsFolder(repository)): Promise<Contracts> {
  const present = presentEvents(repository);
  // Older schema versions are in the log and on the topics, too.
  const older = releasedEvents(folder).filter((old) =>
    present.some(({ type, version }) => type === old.type && version > old.version),
  );
  const documents = new Map([[ASYNCAPI_FILE, asyncApi([...older, ...present])], ...(await openApiDocuments())]);
  return compareContracts(folder, present, metadataSchema(repository), documents);
}

/** Compares what the code promises with what stands in the folder. `documents` are those made of the events: AsyncAPI, OpenAPI. */
export function compareContracts(
  folder: string,
  present: readonly EventContract[],
  metadata: JsonSchema,
  documents: ReadonlyMap<string, string>,
): Contracts {
  const released = releasedEvents(folder);
  const files = new Map([
    ...present.map((event) => [contractPath(event), printJson(event.schema)] as const),
    [METADATA_FILE, printJson(metadata)],
    ...documents,
  ]);
  const metadataFile = join(folder, METADATA_FILE);
  const findings = [
    ...reviewEvents(released, present),
    ...(existsSync(metadataFile)
      ? reviewSchema(METADATA_FILE, JSON.parse(readFileSync(metadataFile, 'utf8')) as JsonSchema, metadata)
      : []),
  ];
  const drift = [...files].filter(([path, content]) => textOf(join(folder, path)) !== content).map(([path]) => path);
  return { files, findings, drift: [...drift, ...staleDocuments(folder, files)].sort() };
}

/** Documents in the folder that nothing writes any more. */
function staleDocuments(folder: string, files: ReadonlyMap<string, string>): string[] {
  const openapi = join(folder, 'openapi');
  if (!existsSync(openapi)) return [];
  return readdirSync(openapi)
    .map((name) => `openapi/${name}`)
    .filter((path) => !files.has(path));
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
