import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalMasterKey } from '@provident/access';
import { DomainError } from '@provident/kernel';
import { configFrom } from './config.js';
import type { Variables } from './environment.js';
import { counterConfig, enquiryConfig, projectorConfig, relayConfig } from './service-config.js';
import { VARIABLES } from './variables.js';

const KEY = randomBytes(32).toString('base64');
const SET = {
  EVENTSTORE_URL: 'esdb+discover://admin:changeit@store-1:2113,store-2:2113',
  DATABASE_URL: 'postgres://provident:word@database/provident',
  VAULT_URL: 'postgres://vault:word@database/vault',
  PROVIDENT_MASTER_KEY: KEY,
  KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
};
const READERS = {
  office: (variables: Variables) => configFrom(variables),
  ledgerctl: (variables: Variables) => configFrom(variables, 'ledgerctl'),
  counter: counterConfig,
  relay: relayConfig,
  projector: projectorConfig,
  enquiry: enquiryConfig,
};

function refusal(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('It was not refused.');
}

it('needs nothing set for the office, and names what a service misses', () => {
  expect(configFrom({})).toMatchObject({ area: '310000', httpPort: 3000, eventStoreUrl: undefined });
  for (const [process, read] of Object.entries(READERS)) {
    expect(read(SET)).toMatchObject({ area: '310000' });
    for (const [name, variable] of Object.entries(VARIABLES)) {
      const required = 'requiredBy' in variable && (variable.requiredBy as readonly string[]).includes(process);
      if (!required) continue;
      const error = refusal(() => read({ ...SET, [name]: '' }));
      expect(error).toMatchObject({ code: 'config-invalid', details: { variable: name } });
      expect(error.message).toContain(`${name} is not set`);
    }
  }
});

it.each([
  ['PROVIDENT_AREA', 'Shanghai'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['EVENTSTORE_URL', 'http://store:2113'],
  ['DATABASE_URL', 'mysql://database'],
  ['VAULT_URL', 'mysql://database'],
  ['PROVIDENT_MASTER_KEY', 'word'],
  ['PROVIDENT_EARLIER_MASTER_KEYS', `${KEY},word`],
  ['DATABASE_CONNECTIONS', '0'],
  ['KAFKA_BROKERS', 'kafka-1'],
  ['KAFKA_SSL', 'yes'],
  ['KAFKA_CA_FILE', '/nowhere/ca.pem'],
  ['KAFKA_SASL', 'kerberos'],
  ['KAFKA_PARTITIONS', '0'],
  ['KAFKA_REPLICATION', 'three'],
  ['LOG_LEVEL', 'loud'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
])('refuses %s="%s", naming it', (name, value) => {
  const signedIn = { KAFKA_SSL: 'true', KAFKA_SASL: 'plain', KAFKA_USERNAME: 'clerk', KAFKA_PASSWORD: 'word' };
  const variables = { ...SET, ...signedIn, [name]: value };
  const error = refusal(() => [enquiryConfig(variables), projectorConfig(variables)]);
  expect(error).toMatchObject({ code: 'config-invalid', details: { variable: name } });
});

it('takes secrets from files, and repeats none of them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'provident-config-'));
  try {
    const file = join(folder, 'url');
    writeFileSync(file, `${SET.DATABASE_URL}\n`);
    const rest = { ...SET, DATABASE_URL: '' };
    expect(projectorConfig({ ...rest, DATABASE_URL_FILE: file }).databaseUrl).toBe(SET.DATABASE_URL);
    expect(refusal(() => projectorConfig({ ...SET, DATABASE_URL_FILE: file })).message).toContain('DATABASE_URL_FILE');
    expect(refusal(() => projectorConfig({ ...rest, DATABASE_URL_FILE: join(folder, 'other') })).message).toContain(
      'DATABASE_URL_FILE',
    );
    writeFileSync(file, 'word');
    expect(refusal(() => projectorConfig({ ...rest, DATABASE_URL_FILE: file })).message).not.toContain('word');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('signs in to Kafka with everything that this takes, or not at all', () => {
  const account = { KAFKA_SASL: 'scram-sha-256', KAFKA_USERNAME: 'relay', KAFKA_PASSWORD: 'word' };
  expect(relayConfig({ ...SET, ...account }).kafka).toMatchObject({
    brokers: ['kafka-1:9092', 'kafka-2:9092'],
    sasl: { mechanism: 'scram-sha-256', username: 'relay', password: 'word' },
  });
  expect(relayConfig(SET).kafka.sasl).toBeUndefined();
  for (const name of Object.keys(account)) {
    const error = refusal(() => relayConfig({ ...SET, ...account, [name]: '' }));
    expect(error.details).toEqual({ variable: name });
  }
});

it('takes master keys for rotation, asks for one wherever the vault is not embedded, and repeats none', () => {
  const [earlier, another] = [1, 2].map(() => randomBytes(32).toString('base64'));
  const { vault } = counterConfig({ ...SET, PROVIDENT_EARLIER_MASTER_KEYS: `${earlier}, ${another}` });
  expect(vault).toMatchObject({ url: SET.VAULT_URL, masterKeys: { current: { id: LocalMasterKey.from(KEY).id } } });
  expect(enquiryConfig({ ...SET, VAULT_URL: '' }).vault.url).toBe(SET.DATABASE_URL);
  expect(configFrom({}).vault).toEqual({ url: undefined, masterKeys: undefined });
  const lone = { EVENTSTORE_URL: SET.EVENTSTORE_URL };
  for (const variables of [
    { ...lone, DATABASE_URL: SET.DATABASE_URL },
    { ...lone, VAULT_URL: SET.VAULT_URL },
    { PROVIDENT_EARLIER_MASTER_KEYS: KEY },
  ]) {
    expect(refusal(() => configFrom(variables)).details).toEqual({ variable: 'PROVIDENT_MASTER_KEY' });
  }
  const wrong = refusal(() => counterConfig({ ...SET, PROVIDENT_MASTER_KEY: KEY.slice(1) }));
  expect(JSON.stringify({ ...wrong, message: wrong.message })).not.toContain(KEY.slice(1));
});
