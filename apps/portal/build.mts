import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { writeClientTypes } from './client-types.mts';

/*
 * Builds the page into apps/portal/dist, unless what stands there was made of the same sources. Part of `npm run build`,
 * which runs before every start and every test: then it costs the reading of the sources.
 */
const HERE = import.meta.dirname;
const REPOSITORY = join(HERE, '..', '..');
const STAMP = join(HERE, 'dist', '.made-of');

const digest = digestOf([
  ...globSync('**/*', { cwd: HERE, exclude: ['dist/**', 'src/api/office.d.ts'], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
  ...globSync(['libs/kernel/src/*.ts', 'libs/supervision/verifier/*'], { cwd: REPOSITORY }).map((name) =>
    join(REPOSITORY, name),
  ),
  join(REPOSITORY, 'deploy', 'contracts', 'openapi', 'office.yaml'),
  join(REPOSITORY, 'package-lock.json'),
]);
if (stamp() !== digest) {
  await writeClientTypes();
  await build({ configFile: join(HERE, 'vite.config.mts'), logLevel: 'error' });
  compress();
  writeFileSync(STAMP, digest);
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) hash.update(`${relative(REPOSITORY, path)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

function stamp(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

/** Compressed once here instead of at every request. */
function compress(): void {
  for (const name of globSync('assets/**/*.{js,css,svg}', { cwd: join(HERE, 'dist') })) {
    const path = join(HERE, 'dist', name);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
  }
}
