import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccessDeniedError,
  EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { isAllowed } from './access/access-rules.js';
import type { EmbeddedEventStore } from './options.js';
import { startEmbeddedEventStore } from './start.js';
import { localhostCertificate, localhostKey } from './testing/localhost-certificate.js';
import { anyStream, failure, happened, revisions, take } from './testing/test-store.js';

describe('the rules', () => {
  const clerk = { name: 'clerk', roles: ['clerk', 'counter'] };
  const admin = { name: 'admin', roles: ['admin', '$admins'] };

  test.each([
    ['everybody who signed in reads a stream without rules', clerk, 'read', 'account-1', undefined, true],
    ['nobody else does', undefined, 'read', 'account-1', undefined, false],
    ['system streams are the administrators’', clerk, 'read', '$settings', undefined, false],
    ['administrators may do everything', admin, 'write', '$settings', { $w: [] }, true],
    ['a role that is named may', clerk, 'write', 'account-1', { $w: ['counter'] }, true],
    ['a role that is not named may not', clerk, 'write', 'account-1', { $w: 'auditor' }, false],
    ['a rule for one action leaves the others', clerk, 'read', 'account-1', { $w: 'auditor' }, true],
    ['an empty rule lets nobody', clerk, 'delete', 'account-1', { $d: [] }, false],
    ['a user’s name is a role', clerk, 'writeMetadata', 'account-1', { $mw: 'clerk' }, true],
    ['malformed rules count as none', clerk, 'read', 'account-1', 'nonsense', true],
  ] as const)('%s', (_name, user, action, stream, acl, expected) => {
    expect(isAllowed(user, action, stream, acl)).toBe(expected);
  });
});

describe('53: a server with encryption', () => {
  let dir: string;
  let server: EmbeddedEventStore;
  const clients: EventStoreDBClient[] = [];
  const connect = (credentials: string): EventStoreDBClient => {
    const file = join(dir, 'certificate.pem');
    const client = EventStoreDBClient.connectionString(
      `esdb://${credentials}localhost:${server.port}?tls=true&tlsCAFile=${file}`,
    );
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
    const [certificateFile, privateKeyFile] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
    writeFileSync(certificateFile, localhostCertificate);
    writeFileSync(privateKeyFile, localhostKey);
    const tls = { certificateFile, privateKeyFile };
    server = await startEmbeddedEventStore({ tls, initialPasswords: { ops: 'operate' }, inThread: true });
  });
  afterAll(async () => {
    for (const client of clients) await client.dispose();
    await server.stop();
    rmSync(dir, { recursive: true });
  });

  test('the administrator reads and writes everything', async () => {
    const admin = connect('admin:changeit@');
    const stream = anyStream();
    await admin.appendToStream(stream, happened(2));
    expect(await revisions(admin, stream)).toEqual([0n, 1n]);
    expect((await take(admin.readAll({ maxCount: 5 }))).length).toBe(5);
  });

  test('a wrong password, an unknown name and no name are refused', async () => {
    expect(await failure(take(connect('admin:wrong@').readAll({ maxCount: 1 })))).toMatchObject({ code: 16 });
    expect(await failure(take(connect('ghost:changeit@').readAll({ maxCount: 1 })))).toBeInstanceOf(AccessDeniedError);
    const nobody = await failure(connect('').appendToStream(anyStream(), happened(1)));
    expect(nobody).toBeInstanceOf(AccessDeniedError);
  });

  test('an operator is kept from system streams, from all, and from what a stream forbids', async () => {
    const admin = connect('admin:changeit@');
    const operator = connect('ops:operate@');
    const stream = anyStream();
    await operator.appendToStream(stream, happened(1));
    expect(await revisions(operator, stream)).toEqual([0n]);
    await admin.setStreamMetadata(stream, {
      acl: { readRoles: ['auditor'], writeRoles: ['auditor'], deleteRoles: [] },
    });
    const refused = [
      () => revisions(operator, stream),
      () => operator.appendToStream(stream, happened(1)),
      () => operator.appendToStream(stream, happened(1), { credentials: { username: 'ops', password: 'operate' } }),
      () => operator.deleteStream(stream),
      () => operator.tombstoneStream(stream),
      () => revisions(operator, '$users'),
      () => take(operator.readAll({ maxCount: 1 })),
    ];
    for (const call of refused) expect(await failure(call())).toBeInstanceOf(AccessDeniedError);
    expect(await revisions(admin, stream)).toEqual([0n]);
  });

  test('operators manage persistent subscriptions, others do not', async () => {
    const stream = anyStream();
    const settings = persistentSubscriptionToStreamSettingsFromDefaults();
    await connect('ops:operate@').createPersistentSubscriptionToStream(stream, 'group', settings);
    const error = await failure(connect('').deletePersistentSubscriptionToStream(stream, 'group'));
    expect(error).toBeInstanceOf(AccessDeniedError);
  });
});

test('without encryption the server does not listen on a network', async () => {
  const error = await failure(startEmbeddedEventStore({ host: '0.0.0.0', inThread: true }));
  expect(error.message).toMatch(/listens on 127\.0\.0\.1 only/);
});
