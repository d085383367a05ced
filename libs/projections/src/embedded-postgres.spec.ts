import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { identityOf, isRunning } from './embedded/process-identity.js';

let folder: string;
beforeAll(() => {
  const parent = mkdtempSync(path.join(tmpdir(), 'provident-test-'));
  chmodSync(parent, 0o755); // The server may run as another user, who must get in.
  folder = path.join(parent, 'postgres');
});
afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

async function ask(server: EmbeddedPostgres, question: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query({ text: question, rowMode: 'array' });
  await client.end();
  return rows.flat() as unknown[];
}

describe('embedded PostgreSQL', () => {
  it('starts durable, without a network address, and keeps its data over a stop', async () => {
    const first = await startEmbeddedPostgres(folder);
    expect(first.adopted).toBe(false);
    expect(await ask(first, `select current_setting('fsync'), current_setting('listen_addresses')`)).toEqual([
      'on',
      '',
    ]);
    await ask(first, 'create table kept (id int); insert into kept values (1)').catch(() => undefined);
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);
    const second = await startEmbeddedPostgres(folder);
    expect(await ask(second, 'select id from kept')).toEqual([1]);
    await second.stop();
  });

  it('takes over the server of a process that was killed, and stops it', async () => {
    const server = await startEmbeddedPostgres(folder);
    const dead = spawn('true');
    await new Promise((resolve) => dead.once('exit', resolve));
    writeFileSync(path.join(folder, 'owner.json'), JSON.stringify({ pid: dead.pid, started: '1' }));
    const heir = await startEmbeddedPostgres(folder);
    expect(heir).toMatchObject({ pid: server.pid, adopted: true });
    await heir.stop();
    expect(isRunning(server.pid)).toBe(false);
  });

  it('shares the server of a process that lives, and leaves it running', async () => {
    const server = await startEmbeddedPostgres(folder);
    const other = spawn('sleep', ['60']);
    writeFileSync(path.join(folder, 'owner.json'), JSON.stringify(identityOf(other.pid as number)));
    const guest = await startEmbeddedPostgres(folder);
    await guest.stop();
    expect(await ask(server, 'select 1')).toEqual([1]);
    other.kill();
    await server.stop();
  });

  it('starts again after the server itself was killed, and beside a note with a reused process id', async () => {
    const server = await startEmbeddedPostgres(folder);
    process.kill(server.pid, 'SIGKILL');
    const next = await startEmbeddedPostgres(folder);
    expect(await ask(next, 'select id from kept')).toEqual([1]);
    await next.stop();
    writeFileSync(path.join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n${folder}\n0\n5432\n\n\n\nready\n`);
    const last = await startEmbeddedPostgres(folder);
    expect(last.adopted).toBe(false);
    await last.stop();
  });

  it('works under a path too long for a socket', async () => {
    const server = await startEmbeddedPostgres(path.join(folder, 'x'.repeat(60), 'y'.repeat(60)));
    expect(await ask(server, 'select 1')).toEqual([1]);
    await server.stop();
  });
});
