import { invariant } from '@provident/kernel';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Labels, type MetricDefinition, type MetricName, METRICS } from './metric-table.js';

/** From a quarter of a millisecond (an append on the same machine) to a minute (a file of 100,000 rows). */
const BUCKETS_SECONDS = [0.00025, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** The metrics of one process, as the table defines them, in Prometheus' text format. */
export class Metrics {
  readonly registry = new Registry();
  private readonly metrics = new Map<MetricName, Counter | Gauge | Histogram>();

  constructor(service: string) {
    collectDefaultMetrics({ register: this.registry });
    for (const [name, definition] of Object.entries(METRICS) as [MetricName, MetricDefinition][]) {
      if (definition.in.includes(service)) this.metrics.set(name, this.create(name, definition));
    }
  }

  /** Adds to a counter. */
  add<Name extends MetricName>(name: Name, labels: Labels<Name>, value = 1): void {
    const metric = this.metrics.get(name);
    invariant(metric instanceof Counter, `${name} is no counter of this process`);
    metric.inc(labels, value);
  }

  /** Sets a gauge. */
  set<Name extends MetricName>(name: Name, labels: Labels<Name>, value: number): void {
    const metric = this.metrics.get(name);
    invariant(metric instanceof Gauge, `${name} is no gauge of this process`);
    metric.set(labels, value);
  }

  /** Forgets what a gauge showed under all its labels: for labels that come and go. */
  clear(name: MetricName): void {
    const metric = this.metrics.get(name);
    invariant(metric instanceof Gauge, `${name} is no gauge of this process`);
    metric.reset();
  }

  /** Adds a value, in seconds, to a histogram. */
  observe<Name extends MetricName>(name: Name, labels: Labels<Name>, seconds: number): void {
    const metric = this.metrics.get(name);
    invariant(metric instanceof Histogram, `${name} is no histogram of this process`);
    metric.observe(labels, seconds);
  }

  private create(name: MetricName, { kind, help, labels }: MetricDefinition): Counter | Gauge | Histogram {
    const configuration = { name, help, labelNames: [...labels], registers: [this.registry] };
    if (kind === 'counter') return new Counter(configuration);
    if (kind === 'gauge') return new Gauge(configuration);
    return new Histogram({ ...configuration, buckets: BUCKETS_SECONDS });
  }
}
