import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { DEPLOY, isPinned, packageJson, readYaml, readYamls, REPOSITORY } from './deploy-files.js';
import { type Manifest, schemaFaults, typeFaults } from './kubernetes-faults.js';
import { readSettings, type ServiceName, SERVICES, type Settings, unreadVariables } from './settings.js';

const BASE = join(DEPLOY, 'kubernetes', 'base');
const OVERLAY = join(DEPLOY, 'kubernetes', 'overlays', 'example');

interface Kustomization {
  readonly resources: string[];
  readonly namespace?: string;
  readonly images?: { name: string; newName: string; newTag: string; digest?: string }[];
  readonly patches?: { path: string }[];
  readonly configMapGenerator?: { name: string; files: string[] }[];
}
interface Probe {
  readonly httpGet: { path: string; port: string };
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: string[];
  readonly env: { name: string; value: string }[];
  readonly envFrom: { configMapRef: { name: string } }[];
  readonly ports: { name: string; containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { requests: object; limits: object };
  readonly securityContext: object;
  readonly volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}
interface Volume {
  readonly name: string;
  readonly secret?: { secretName: string; items: { key: string; path: string }[] };
  readonly configMap?: { name: string; items: { key: string; path: string }[] };
}
interface Pod {
  readonly securityContext: object;
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly containers: Container[];
  readonly volumes: Volume[];
}
interface Deployment extends Manifest {
  readonly spec: {
    replicas?: number;
    selector: { matchLabels: Record<string, string> };
    template: { metadata: { labels: Record<string, string>; annotations: Record<string, string> }; spec: Pod };
  };
}

const base = readYaml('kubernetes', 'base', 'kustomization.yaml') as Kustomization;
const overlay = readYaml('kubernetes', 'overlays', 'example', 'kustomization.yaml') as Kustomization;
const manifests = base.resources.flatMap((file) => readYamls('kubernetes', 'base', file) as Manifest[]);
const ofOverlay = ['namespace.yaml', 'area.yaml'].flatMap(
  (file) => readYamls('kubernetes', 'overlays', 'example', file) as Manifest[],
);
const ofKind = (kind: string): Manifest[] => manifests.filter((each) => each.kind === kind);
const named = (kind: string, name: string): Manifest => ofKind(kind).find((each) => each.metadata.name === name)!;
const deployments = ofKind('Deployment') as Deployment[];
const pod = (name: string) => (named('Deployment', name) as Deployment).spec.template.spec;

describe('the manifests', () => {
  it('fit the API’s schemas', () => {
    const [first] = deployments;
    const wrong = { ...first!, spec: { ...first!.spec, replicas: 'two' } };
    expect(schemaFaults([...manifests, ...ofOverlay, wrong])).toEqual([
      'Deployment counter: data/spec/replicas must be integer',
    ]);
  });

  it('fit the API’s types, without a field that it does not know or a field less', () => {
    const [first] = deployments;
    const { spec } = first!;
    const misspelt = { ...first!, spec: { ...spec, replcas: 3 } };
    const less = Object.fromEntries(Object.entries(spec).filter(([part]) => part !== 'selector'));
    const faults = typeFaults([
      ...manifests,
      ...ofOverlay,
      misspelt,
      { ...first!, metadata: { name: 'less' }, spec: less },
    ]);
    expect(faults).toEqual([
      expect.stringMatching(/^Deployment counter: .*replcas.* does not exist/),
      expect.stringMatching(/^Deployment less: .*selector.* is missing/),
    ]);
  });

  it('are all brought in by the kustomizations, whose files are there', () => {
    for (const file of base.resources) expect(existsSync(join(BASE, file))).toBe(true);
    expect(overlay.resources).toContain('../../base');
    const files = [
      ...overlay.resources,
      ...(overlay.patches ?? []).map(({ path }) => path),
      ...(overlay.configMapGenerator ?? []).flatMap((each) => each.files.map((file) => file.split('=').at(-1)!)),
    ];
    for (const file of files)
      expect({ file, isThere: existsSync(join(OVERLAY, file)) }).toEqual({ file, isThere: true });
    // A patch changes something that is there.
    for (const { path } of overlay.patches ?? []) {
      for (const patch of readYamls('kubernetes', 'overlays', 'example', path) as Manifest[]) {
        expect(named(patch.kind, patch.metadata.name)).toBeDefined();
      }
    }
  });

  it('hold a Deployment, a Service and a PodDisruptionBudget for every service', () => {
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) {
      expect(
        ofKind(kind)
          .map(({ metadata }) => metadata.name)
          .sort(),
      ).toEqual([...SERVICES].sort());
    }
    for (const { metadata, spec } of deployments) {
      const labels = { 'app.kubernetes.io/name': metadata.name };
      expect(spec.selector.matchLabels).toEqual(labels);
      expect(spec.template.metadata.labels).toMatchObject(labels);
      expect(named('Service', metadata.name)['spec']).toMatchObject({
        selector: labels,
        ports: [{ targetPort: 'http' }],
      });
      const budget = named('PodDisruptionBudget', metadata.name)['spec'] as { minAvailable: number; selector: object };
      expect(budget.selector).toEqual({ matchLabels: labels });
      // A budget that allows no eviction would bar every upgrade of a node.
      expect(budget.minAvailable).toBeLessThan(spec.replicas ?? 2);
    }
  });

  it('hold no secret', () => {
    expect(ofKind('Secret')).toEqual([]);
    const texts = [
      ...base.resources.map((file) => readFileSync(join(BASE, file), 'utf8')),
      readFileSync(join(OVERLAY, 'area.yaml'), 'utf8'),
    ];
    expect(texts.join('\n')).not.toMatch(/PRIVATE KEY|:\/\/[^\s/]+:[^\s/@]+@/);
  });
});

describe.each(SERVICES)('the pods of %s', (name) => {
  const [container, ...others] = pod(name).containers as [Container, ...Container[]];

  it('run the service’s program from the project’s image, pinned by the overlay', () => {
    expect(others).toEqual([]);
    expect(container.image).toBe('provident');
    expect(container.args).toEqual([`dist/apps/${name}/src/main.js`]);
    expect(existsSync(join(REPOSITORY, 'apps', name, 'src', 'main.ts'))).toBe(true);
    const image = overlay.images?.find((each) => each.name === container.image);
    expect(image?.newTag).toBe(packageJson().version);
    expect(isPinned(`${image?.newName}:${image?.newTag}`)).toBe(true);
  });

  it('have probes, limits and nothing that they could do harm with', () => {
    expect(container.ports).toEqual([{ name: 'http', containerPort: 3000 }]);
    expect(container.startupProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' });
    const amounts = { cpu: expect.any(String), memory: expect.any(String) };
    expect(container.resources).toEqual({ requests: amounts, limits: amounts });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod(name)).toMatchObject({
      serviceAccountName: named('ServiceAccount', 'provident').metadata.name,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
  });

  it('find every volume that they mount, and every file that a setting names', () => {
    const { volumes } = pod(name);
    expect(container.volumeMounts.map((each) => each.name).sort()).toEqual(volumes.map((each) => each.name).sort());
    const files = container.volumeMounts.flatMap(({ name: volume, mountPath }) => {
      const { secret, configMap } = volumes.find((each) => each.name === volume)!;
      return (secret ?? configMap)?.items.map(({ path }) => `${mountPath}/${path}`) ?? [];
    });
    for (const { name: variable, value } of container.env) {
      if (variable.endsWith('_FILE')) expect(files).toContain(value);
    }
    const authorities = (overlay.configMapGenerator ?? []).find((each) => each.name === 'provident-authorities');
    const keys = authorities?.files.map((file) => file.split('=')[0]);
    for (const { key } of volumes.find((each) => each.name === 'authorities')?.configMap?.items ?? [])
      expect(keys).toContain(key);
  });

  it('have settings that the program reads and accepts', () => {
    const settings = settingsOf(name);
    expect(unreadVariables(name, settings)).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
    try {
      const config = readSettings(name, withFiles(settings, folder));
      expect(config).toMatchObject({ service: name, host: '0.0.0.0', port: 3000, area: '310000' });
      if ('kafka' in config) {
        expect(config.kafka).toMatchObject({
          replication: 3,
          ssl: { ca: 'a certificate' },
          sasl: { mechanism: 'scram-sha-512' },
        });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('may reach what their settings name, and nothing else', () => {
    const reached = (ofKind('NetworkPolicy') as (Manifest & { spec: Policy })[]).filter(
      ({ spec }) => spec.egress && selects(spec.podSelector, name),
    );
    const ports = reached
      .flatMap(({ spec }) => spec.egress ?? [])
      .flatMap((each) => each.ports.map(({ port }) => port));
    const settings = settingsOf(name);
    const wanted = [53, 53, 4318];
    if ('EVENTSTORE_URL_FILE' in settings) wanted.push(2113);
    if ('DATABASE_URL_FILE' in settings || 'VAULT_URL_FILE' in settings) wanted.push(5432);
    if (settings['KAFKA_BROKERS'] !== undefined)
      wanted.push(...settings['KAFKA_BROKERS'].split(',').map((each) => Number(each.split(':')[1])));
    expect(ports.sort()).toEqual(wanted.sort());
  });
});

it('lets no pod be reached or reach out unless a policy says so', () => {
  expect(named('NetworkPolicy', 'deny-by-default')['spec']).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
});

it('scales projectors up to the number of partitions, and no further', () => {
  const scaler = named('HorizontalPodAutoscaler', 'projector') as Manifest & {
    spec: { scaleTargetRef: object; minReplicas: number; maxReplicas: number };
  };
  expect(scaler.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'projector' });
  expect(String(scaler.spec.maxReplicas)).toBe(settingsOf('projector')['KAFKA_PARTITIONS']);
  expect(scaler.spec.minReplicas).toBeGreaterThanOrEqual(2);
  // The autoscaler alone decides: a number in the Deployment would undo its decisions with every roll-out.
  expect((named('Deployment', 'projector') as Deployment).spec.replicas).toBeUndefined();
});

it('tells of addresses in forms that the programs take', () => {
  const about = readFileSync(join(BASE, 'kustomization.yaml'), 'utf8');
  const [eventStore] = /esdb\+discover:\S+/.exec(about) ?? [];
  const [database] = /postgres:\S+/.exec(about) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  try {
    writeFileSync(join(folder, 'eventstore.crt'), 'a certificate');
    const address = eventStore!.replace('/run/authorities', folder);
    expect(() => EventStoreDBClient.connectionString(address)).not.toThrow();
    const key = { PROVIDENT_MASTER_KEY: randomBytes(32).toString('base64') };
    const settings = { EVENTSTORE_URL: address, DATABASE_URL: database!, ...key };
    expect(readSettings('enquiry', settings)).toMatchObject({ eventStoreUrl: address, databaseUrl: database });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Policy {
  readonly podSelector: { matchExpressions?: { key: string; operator: string; values: string[] }[] };
  readonly egress?: { ports: { port: number }[] }[];
}

function selects({ matchExpressions }: Policy['podSelector'], name: string): boolean {
  return matchExpressions?.every(({ values }) => values.includes(name)) ?? true;
}

/** What a pod's environment is, with the overlay's patches. */
function settingsOf(name: ServiceName): Settings {
  const [container] = pod(name).containers as [Container];
  const maps = container.envFrom.map(({ configMapRef }) => {
    const patches = ofOverlay.filter((each) => each.kind === 'ConfigMap' && each.metadata.name === configMapRef.name);
    const all = [named('ConfigMap', configMapRef.name), ...patches];
    return Object.assign({}, ...all.map((each) => each['data'])) as Settings;
  });
  const own = Object.fromEntries(container.env.map(({ name: variable, value }) => [variable, value]));
  return Object.assign({}, ...maps, own) as Settings;
}

/** The same settings with files that this machine has. */
function withFiles(settings: Settings, folder: string): Settings {
  const contents: Settings = {
    EVENTSTORE_URL_FILE: 'esdb+discover://provident:secret@eventstore.eventstore.svc:2113?tls=true',
    DATABASE_URL_FILE: 'postgres://provident:secret@postgres-rw.postgres.svc:5432/provident',
    VAULT_URL_FILE: 'postgres://provident:secret@postgres-rw.postgres.svc:5432/vault',
    PROVIDENT_MASTER_KEY_FILE: randomBytes(32).toString('base64'),
    CHECKPOINT_KEY_FILE: randomBytes(32).toString('base64'),
    KAFKA_PASSWORD_FILE: 'secret',
    KAFKA_CA_FILE: 'a certificate',
  };
  return Object.fromEntries(
    Object.entries(settings).map(([variable, value]) => {
      const content = contents[variable];
      if (content === undefined) return [variable, value];
      writeFileSync(join(folder, variable), content);
      return [variable, join(folder, variable)];
    }),
  );
}
