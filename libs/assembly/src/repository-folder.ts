import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project, whether this file runs from source or from dist. */
export function repositoryFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'nest-cli.json'))) return folder;
  }
  throw new Error('The project folder (with nest-cli.json) is not above this program.');
}

/** Where `npm run build` puts the web page. */
export function portalFolder(): string {
  return join(repositoryFolder(), 'apps', 'portal', 'dist');
}
