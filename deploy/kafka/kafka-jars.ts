import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from '@provident/assembly';

const FETCH_LIMIT_MS = 600_000;

/**
 * The folder with Kafka's jars; fetches them on first use (some 50 MB, by Maven, as `pom.xml` pins them). The folder's
 * name follows the pom, so another version comes into a folder of its own.
 */
export async function kafkaJars(
  cacheFolder = join(repositoryFolder(), 'node_modules', '.cache', 'kafka'),
): Promise<string> {
  const pom = join(repositoryFolder(), 'deploy', 'kafka', 'pom.xml');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `jars-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fetched = mkdtempSync(`${folder}-`);
  try {
    await promisify(execFile)(
      'mvn',
      ['--quiet', '--batch-mode', '--file', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`],
      { timeout: FETCH_LIMIT_MS },
    );
    // All of it at once: a folder that is there is complete. Another process may have been faster.
    if (!existsSync(folder)) renameSync(fetched, folder);
    return folder;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}
