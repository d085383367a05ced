import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const CONTRACT = join(import.meta.dirname, '..', '..', 'deploy', 'contracts', 'openapi', 'office.yaml');
const TYPES = join(import.meta.dirname, 'src', 'api', 'office.d.ts');

/** Writes the client's types from the office's OpenAPI document: the page has no second definition of them. */
export async function writeClientTypes(): Promise<void> {
  const tree = await openapiTypescript(parse(readFileSync(CONTRACT, 'utf8')) as never);
  const text = `// Made from deploy/contracts/openapi/office.yaml by the build; not kept in version control.\n${astToString(tree)}`;
  if (contentOf(TYPES) !== text) writeFileSync(TYPES, text);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) await writeClientTypes();
