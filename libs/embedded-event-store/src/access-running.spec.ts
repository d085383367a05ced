import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccessDeniedError,
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import type { EmbeddedEventStore } from './options.js';
import { startEmbeddedEventStore } from './start.js';
import { localhostCertificate, localhostKey } from './testing/localhost-certificate.js';
import { anyStream, failure, happened, revisions } from './testing/test-store.js';

/** Rules that change while clients are connected, and rules for streams that have none of their own. */

let dir: string;
let server: EmbeddedEventStore;
let admin: EventStoreDBClient;
let operator: EventStoreDBClient;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const [certificateFile, privateKeyFile] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
  writeFileSync(certificateFile, localhostCertificate);
  writeFileSync(privateKeyFile, localhostKey);
  server = await startEmbeddedEventStore({ tls: { certificateFile, privateKeyFile }, inThread: true });
  const connect = (credentials: string) =>
    EventStoreDBClient.connectionString(
      `esdb://${credentials}@localhost:${server.port}?tls=true&tlsCAFile=${certificateFile}`,
    );
  admin = connect('admin:changeit');
  operator = connect('ops:changeit');
});
afterAll(async () => {
  await admin.dispose();
  await operator.dispose();
  await server.stop();
  rmSync(dir, { recursive: true });
});

const onlyAuditors = { acl: { readRoles: ['auditor'] } };

test('a subscription ends with access denied when its stream is closed to the user', async () => {
  const stream = anyStream();
  await admin.appendToStream(stream, happened(1));
  const subscription = operator.subscribeToStream(stream);
  const ended = new Promise<Error>((resolve) => subscription.once('error', resolve));
  await new Promise((resolve) => subscription.once('data', resolve));
  await admin.setStreamMetadata(stream, onlyAuditors);
  expect(await ended).toBeInstanceOf(AccessDeniedError);
  expect(await revisions(admin, stream)).toEqual([0n]);
});

test('so does a consumer of a persistent subscription', async () => {
  const stream = anyStream();
  await admin.createPersistentSubscriptionToStream(
    stream,
    'group',
    persistentSubscriptionToStreamSettingsFromDefaults(),
  );
  const subscription = operator.subscribeToPersistentSubscriptionToStream(stream, 'group');
  const ended = new Promise<Error>((resolve) => subscription.once('error', resolve));
  await new Promise((resolve) => subscription.once('confirmation', resolve));
  await admin.setStreamMetadata(stream, onlyAuditors);
  expect(await ended).toBeInstanceOf(AccessDeniedError);
});

test('$settings changes the rules of streams that have none, for users and for the system, and can be taken back', async () => {
  const settings = (data: Record<string, Record<string, string>>) =>
    admin.appendToStream('$settings', [jsonEvent({ type: 'update-default-acl', data })]);
  const stream = anyStream();
  const own = anyStream();
  await operator.appendToStream(stream, happened(1));
  await operator.appendToStream(own, happened(1));
  await admin.setStreamMetadata(own, { acl: { readRoles: ['$ops'] } });
  await settings({ $userStreamAcl: { $r: 'auditor' }, $systemStreamAcl: { $r: '$ops' } });
  expect(await failure(revisions(operator, stream))).toBeInstanceOf(AccessDeniedError);
  expect(await revisions(operator, own)).toEqual([0n]);
  expect(await revisions(operator, '$users')).not.toHaveLength(0);
  await operator.appendToStream(stream, happened(1));
  await settings({});
  expect(await revisions(operator, stream)).toHaveLength(2);
  expect(await failure(revisions(operator, '$users'))).toBeInstanceOf(AccessDeniedError);
});

test('a change of $settings ends running subscriptions too', async () => {
  const stream = anyStream();
  await admin.appendToStream(stream, happened(1));
  const subscription = operator.subscribeToStream(stream);
  const ended = new Promise<Error>((resolve) => subscription.once('error', resolve));
  await new Promise((resolve) => subscription.once('data', resolve));
  await admin.appendToStream('$settings', [
    jsonEvent({ type: 'update-default-acl', data: { $userStreamAcl: { $r: [] } } }),
  ]);
  expect(await ended).toBeInstanceOf(AccessDeniedError);
});
