import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '@provident/telemetry';
import { type MetricDefinition, METRICS } from '@provident/telemetry/metric-table';
import { DEPLOY, readYaml } from './deploy-files.js';
import { SERVICES } from './settings.js';

interface Prometheus {
  readonly rule_files: string[];
  readonly scrape_configs: {
    job_name: string;
    metrics_path?: string;
    dns_sd_configs?: { names: string[]; type: string; port: number }[];
  }[];
}
interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { severity: string };
  readonly annotations: { summary: string; action: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { uid: string };
  readonly gridPos: { x: number; y: number; w: number; h: number };
  readonly targets?: { expr: string; legendFormat: string; datasource: { uid: string } }[];
}
interface Compose {
  readonly services: Record<string, { environment?: Record<string, string>; volumes?: string[]; ports?: string[] }>;
}

const prometheus = readYaml('prometheus', 'prometheus.yaml') as Prometheus;
const rules = (readYaml('prometheus', 'alerts.yaml') as { groups: { rules: AlertRule[] }[] }).groups.flatMap(
  (each) => each.rules,
);
const compose = readYaml('docker', 'compose.yaml') as Compose;
const dashboards = readdirSync(join(DEPLOY, 'grafana', 'dashboards')).map(
  (file) =>
    JSON.parse(readFileSync(join(DEPLOY, 'grafana', 'dashboards', file), 'utf8')) as { uid: string; panels: Panel[] },
);
const panels = dashboards.flatMap((dashboard) => dashboard.panels).filter(({ type }) => type !== 'row');

/** Labels that Prometheus adds to what it scrapes, and those of histograms' parts. */
const ADDED_LABELS = ['job', 'instance', 'le'];
const OF_HISTOGRAM = /_(bucket|sum|count)$/;

/** Every series that the services expose by our own table, with its labels. */
const ours = new Map<string, readonly string[]>(
  Object.entries(METRICS as Readonly<Record<string, MetricDefinition>>).flatMap(([name, { kind, labels }]) =>
    kind === 'histogram'
      ? ['bucket', 'sum', 'count'].map((part) => [`${name}_${part}`, labels] as const)
      : [[name, labels] as const],
  ),
);

/** Metrics of a query, and the labels that it uses. */
function parts(expr: string): { metrics: string[]; labels: string[] } {
  const bare = expr.replace(/"[^"]*"/g, '""');
  const selectors = [...bare.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner]) => inner!.split(','));
  const grouped = [...bare.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, inner]) =>
    inner!.split(','),
  );
  const labels = [...selectors.map((each) => each.split(/[=!~]/)[0]!), ...grouped].map((each) => each.trim());
  const rest = bare.replace(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const words = [...rest.matchAll(/[a-z_][a-z0-9_]*/gi)].filter(
    (match) => !/^\s*\(/.test(rest.slice(match.index + match[0].length)),
  );
  return { metrics: words.map(([word]) => word).filter((word) => !['or', 'and', 'unless'].includes(word)), labels };
}

/** What is wrong with a query: a metric that no process exposes, or a label that none of its metrics has. */
async function faults(expr: string): Promise<string[]> {
  const { metrics, labels } = parts(expr);
  const nodes = await exposedByNode();
  const unknown = metrics.filter((name) => name !== 'up' && !ours.has(name) && !nodes.has(name));
  const known = new Set([...ADDED_LABELS, ...metrics.flatMap((name) => ours.get(name) ?? [])]);
  return [...unknown, ...labels.filter((label) => !known.has(label)).map((label) => `label ${label}`)];
}

/** Metrics of Node itself, as a process really exposes them. */
async function exposedByNode(): Promise<Set<string>> {
  const names = (await new Metrics('relay').registry.getMetricsAsJSON()).map(({ name }) => name);
  return new Set(names.filter((name) => !name.startsWith('provident_')));
}

describe('Prometheus', () => {
  it('asks every service at the port on which it listens', () => {
    const jobs = prometheus.scrape_configs.filter(({ job_name }) => job_name.startsWith('provident-'));
    expect(jobs.map(({ job_name }) => job_name.replace('provident-', '')).sort()).toEqual([...SERVICES].sort());
    for (const { job_name, metrics_path = '/metrics', dns_sd_configs } of jobs) {
      const service = job_name.replace('provident-', '');
      expect(metrics_path).toBe('/metrics');
      expect(dns_sd_configs).toEqual([
        { names: [service], type: 'A', port: Number(compose.services[service]?.environment?.['PORT']) },
      ]);
    }
  });

  it('finds its rules where compose puts them', () => {
    const mounted = compose.services['prometheus']?.volumes?.map((volume) => volume.split(':')[1]);
    for (const file of [...prometheus.rule_files, 'prometheus.yaml'])
      expect(mounted).toContain(`/etc/prometheus/${file}`);
  });
});

describe('the alarms', () => {
  it.each(rules)(
    '$alert asks for metrics and labels that there are, and says what to do',
    async ({ expr, labels, annotations }) => {
      expect(await faults(expr)).toEqual([]);
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations).toEqual({ summary: expect.stringMatching(/\S/), action: expect.stringMatching(/\S/) });
      const used = [
        ...Object.values(annotations)
          .join(' ')
          .matchAll(/\$labels\.(\w+)/g),
      ].map(([, label]) => label!);
      const grouped = parts(expr).labels;
      // An aggregation leaves no labels but those that it names.
      if (/\b(sum|max|min)\b/.test(expr)) expect(used.filter((label) => !grouped.includes(label))).toEqual([]);
    },
  );

  it('have names of their own, and cover what must not pass unseen', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'RelayLagging',
        'ProjectorLagging',
        'DeadLetters',
        'ReadinessRefused',
        'ProjectorPartitionStopped',
      ]),
    );
  });

  it('would be found wrong with a metric or a label that there is not', async () => {
    expect(await faults('max(provident_relay_lag_minutes) > 60')).toEqual(['provident_relay_lag_minutes']);
    expect(await faults('sum by (person) (provident_dead_letters_total)')).toEqual(['label person']);
    expect(await faults('rate(provident_command_duration_seconds[5m])')).toEqual([
      'provident_command_duration_seconds',
    ]);
    expect(OF_HISTOGRAM.test('provident_command_duration_seconds_bucket')).toBe(true);
  });
});

describe('the dashboard', () => {
  it.each(panels)('shows in "$title" metrics and labels that there are', async ({ targets = [], description }) => {
    expect(targets.length).toBeGreaterThan(0);
    expect(description).toMatch(/\S/);
    for (const { expr, legendFormat } of targets) {
      expect({ expr, faults: await faults(expr) }).toEqual({ expr, faults: [] });
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
      if (/\bby\b/.test(expr)) expect(shown.filter((label) => !parts(expr).labels.includes(label))).toEqual([]);
    }
  });

  it('shows every metric of ours', () => {
    const asked = new Set(panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => parts(expr).metrics)));
    const seen = (name: string) =>
      asked.has(name) || ['bucket', 'count', 'sum'].some((part) => asked.has(`${name}_${part}`));
    expect(Object.keys(METRICS).filter((name) => !seen(name))).toEqual([]);
  });

  it('lays its panels out beside each other, on the data source that is provisioned', () => {
    const { datasources } = readYaml('grafana', 'datasources', 'prometheus.yaml') as {
      datasources: { uid: string; url: string }[];
    };
    expect(compose.services[new URL(datasources[0]!.url).hostname]).toBeDefined();
    const uids = panels.flatMap(({ datasource, targets = [] }) => [
      datasource?.uid,
      ...targets.map((each) => each.datasource.uid),
    ]);
    expect([...new Set(uids)]).toEqual([datasources[0]?.uid]);
    for (const { panels: all } of dashboards) {
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      const taken = new Set<string>();
      for (const { gridPos } of all) {
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
          expect(x).toBeLessThan(24);
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
            expect(taken.has(`${x},${y}`)).toBe(false);
            taken.add(`${x},${y}`);
          }
        }
      }
    }
  });

  it('is found by Grafana where compose puts it', () => {
    const { providers } = readYaml('grafana', 'provider.yaml') as { providers: { options: { path: string } }[] };
    const { volumes, environment } = compose.services['grafana']!;
    const mounted = new Map(volumes?.map((volume) => [volume.split(':')[1], volume.split(':')[0]]));
    expect(mounted.get(providers[0]!.options.path)).toBe('../grafana/dashboards');
    const home = environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']?.replace(
      `${providers[0]!.options.path}/`,
      '',
    );
    expect(readdirSync(join(DEPLOY, 'grafana', 'dashboards'))).toContain(home);
    expect([...mounted.keys()]).toEqual(
      expect.arrayContaining([
        '/etc/grafana/provisioning/datasources',
        '/etc/grafana/provisioning/dashboards/provider.yaml',
      ]),
    );
  });
});
