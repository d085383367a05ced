import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openTable } from '@provident/files/table-file';
import { inventSample } from './sample.js';
import { type SampleTable, sampleTables, writeTable } from './tables.js';
import { tellStory } from './tell-story.js';

/**
 * Writes the sample year into a folder (from the repository's root: `node dist/deploy/sample/generate.js`). Running it
 * again changes nothing: CSV files come out byte for byte, and a workbook stays as it is while its content is the same.
 */
async function generate(folder: string): Promise<{ tables: number; bytes: number }> {
  const sample = inventSample();
  const tables = sampleTables(sample);
  let bytes = 0;
  const written = new Map<string, Buffer>();
  for (const table of tables) written.set(table.path, await current(folder, table));
  written.set('story.json', Buffer.from(storyText()));
  for (const part of ['declarations', 'receipts']) rmSync(join(folder, part), { recursive: true, force: true });
  for (const [path, content] of written) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    bytes += content.length;
  }
  return { tables: tables.length, bytes };
}

export function storyText(): string {
  return `${JSON.stringify(tellStory(inventSample()), undefined, 2)}\n`;
}

/** The bytes to write: those that are there, when they are a workbook of the same content. */
async function current(folder: string, table: SampleTable): Promise<Buffer> {
  const path = join(folder, table.path);
  const content = await writeTable(table);
  if (table.as !== 'xlsx' || !existsSync(path)) return content;
  const there = readFileSync(path);
  return (await contentOf(there)) === (await contentOf(content)) ? there : content;
}

/** What a table file says, whatever its bytes. */
export async function contentOf(bytes: Buffer): Promise<string> {
  const rows: unknown[] = [];
  for await (const row of await openTable(bytes)) rows.push(row);
  return JSON.stringify(rows);
}

if (require.main === module) {
  const folder = process.argv[2] ?? join('deploy', 'sample', 'files');
  void generate(folder).then(({ tables, bytes }) => {
    process.stdout.write(`${tables} tables and story.json, ${bytes} bytes, in ${folder}\n`);
  });
}
