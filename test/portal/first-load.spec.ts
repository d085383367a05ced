import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { portalFolder } from '@provident/assembly';

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
}

const MOST_BYTES = 500 * 1024;
const manifest = JSON.parse(readFileSync(join(portalFolder(), '.vite', 'manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>;
const rooms = Object.keys(manifest).filter((name) => /^src\/rooms\/[\w-]+\/index\.tsx$/.test(name));

/** Everything that must be there before a chunk runs. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const each of chunk.imports ?? []) filesOf(each, seen);
  return seen;
}

it.each(rooms)('the first load of %s stays under 500 kB of gzip', (room) => {
  const [entry = ''] = Object.entries(manifest).find(([, { isEntry }]) => isEntry === true) ?? [];
  const files = new Set([...filesOf(entry), ...filesOf(room)]);
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(portalFolder(), file))).length;
  expect(files.size).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

it('there are rooms', () => expect(rooms.length).toBeGreaterThan(1));
