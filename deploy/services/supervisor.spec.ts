import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NodeProcess } from './node-process.js';
import { Supervisor } from './supervisor.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provident-supervisor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function program(name: string, code: string): NodeProcess {
  const path = join(folder, `${name}.js`);
  writeFileSync(path, code);
  return new NodeProcess({ name, address: '', program: path, onLine: () => undefined });
}

async function until(condition: () => boolean): Promise<void> {
  for (const limit = performance.now() + 60_000; !condition(); ) {
    if (performance.now() > limit) throw new Error('not within a minute');
    await delay(50);
  }
}

/** Notes that it is up, and when it is told to stop. */
function staying(name: string): NodeProcess {
  const code = `
    const { appendFileSync, writeFileSync } = require('node:fs');
    process.on('SIGTERM', () => {
      appendFileSync(${JSON.stringify(join(folder, 'notes'))}, '${name} ');
      process.exit(0);
    });
    setInterval(() => {}, 1000);
    writeFileSync(${JSON.stringify(join(folder, `up-${name}`))}, '');`;
  return program(name, code);
}

const isUp = (name: string): boolean => existsSync(join(folder, `up-${name}`));

it('starts again what was killed, and stops everything in reverse order', async () => {
  const said: string[] = [];
  const supervisor = new Supervisor({ say: (text) => said.push(text), onGiveUp: () => undefined });
  const first = await supervisor.add(staying('first'));
  const second = await supervisor.add(staying('second'));
  await until(() => isUp('first') && isUp('second'));
  const killed = first.pid ?? 0;
  rmSync(join(folder, 'up-first'));
  process.kill(killed, 'SIGKILL');
  await until(() => isUp('first'));
  expect(first.pid).not.toBe(killed);
  expect(said).toContain('first is started again.');
  await supervisor.stop();
  expect([first.ending, second.ending]).toEqual([0, 0]);
  expect(readFileSync(join(folder, 'notes'), 'utf8')).toBe('second first ');
});

it('gives up on what ends again and again, and says so once', async () => {
  const said: string[] = [];
  let gaveUpOn = '';
  const supervisor = new Supervisor({ say: (text) => said.push(text), onGiveUp: ({ name }) => (gaveUpOn = name) });
  try {
    await supervisor.add(program('crashing', 'process.exit(3);'));
    await until(() => gaveUpOn === 'crashing');
    await delay(1_000);
    expect(said.filter((text) => text.includes('giving up'))).toHaveLength(1);
  } finally {
    await supervisor.stop();
  }
}, 90_000);
