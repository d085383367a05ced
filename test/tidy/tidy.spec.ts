import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ProcessName, type Variable, VARIABLES } from '@provident/assembly/variables';

/*
 * Habits that a machine can check (and that no formatter or linter of ours does). Each rule says why it is there.
 */

const LONGEST_FILE_LINES = 350;
const PROCESSES: readonly ProcessName[] = [
  ...(['office', 'ledgerctl'] as const),
  ...(['counter', 'relay', 'projector', 'enquiry', 'supervisor'] as const),
];

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');
const sources = tracked.filter((path) => /^(apps|libs|deploy|test)\/.*\.tsx?$/.test(path));
const productLibs = sources.filter((path) => path.startsWith('libs/') && !/\.spec\.ts$|\/testing\//.test(path));
const read = (path: string): string => readFileSync(path, 'utf8');

/** Lines of the files that match, as "path:line: text". */
function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((text, at) => (pattern.test(text) ? [`${path}:${at + 1}: ${text.trim()}`] : [])),
  );
}

describe('tidy', () => {
  it('keeps files short enough to hold one idea', () => {
    const long = sources.map((path) => ({ path, lines: read(path).split('\n').length }));
    expect(long.filter(({ lines }) => lines > LONGEST_FILE_LINES)).toEqual([]);
  });

  it('lets no money or rate pass through a floating-point number', () => {
    expect(linesWith(productLibs, /\bparseFloat\(|Number\([a-z.]*(amount|balance|wage|rate)\b/i)).toEqual([]);
  });

  it('reads no clock and no dice inside the libraries’ rules', () => {
    const pure = productLibs.filter((path) => !/^libs\/(embedded-event-store|event-store|projections)\//.test(path));
    expect(linesWith(pure, /\bDate\.now\(\)|new Date\(\)|Math\.random\(\)/)).toEqual([]);
  });

  it('skips and focuses no test', () => {
    const specs = sources.filter((path) => path.endsWith('.spec.ts') && !path.startsWith('test/tidy/'));
    expect(linesWith(specs, /\b(it|test|describe)\.(skip|todo|only)\b|\bx(it|describe)\(/)).toEqual([]);
  });

  it('promises nothing for later', () => {
    const code = sources.filter((path) => !path.startsWith('test/tidy/'));
    expect(linesWith(code, /\b(TODO|FIXME|HACK|XXX)\b/)).toEqual([]);
  });

  it('has every command of the README run by CI', () => {
    const script = read('.ci/run');
    const commands = [...read('README.md').matchAll(/^(?:npm|npx) .+$/gm)].map(([line]) => line.replace(/\s+#.*$/, ''));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !script.includes(command))).toEqual([]);
  });

  it('lists every setting in the README, as the programs read it', () => {
    const readme = read('README.md');
    const rows = Object.entries<Variable>(VARIABLES).map(([name, { fallback, meaning, readBy }]) => {
      const by = PROCESSES.every((each) => readBy.includes(each)) ? 'all' : readBy.join(', ');
      return `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${meaning} | ${by} |`;
    });
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
  });
});
