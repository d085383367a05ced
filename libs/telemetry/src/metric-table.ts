/** A metric as dashboards and alarms know it. */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Few values each, and never personal data. */
  readonly labels: readonly string[];
  /** The processes that expose it. */
  readonly in: readonly string[];
}

const ALL = ['counter', 'relay', 'projector', 'enquiry', 'supervisor'] as const;

/** Every metric of our own; those of Node (`process_…`, `nodejs_…`) come on top. Times are in seconds. */
export const METRICS = {
  provident_http_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time from a request to the end of its answer, by the pattern of its route.',
    labels: ['method', 'route', 'status'],
    in: ['counter', 'enquiry', 'supervisor'],
  },
  provident_command_duration_seconds: {
    kind: 'histogram',
    help: 'Time that a command took: accepted, refused by the rules, or failed.',
    labels: ['command', 'outcome'],
    in: ['counter'],
  },
  provident_command_refusals_total: {
    kind: 'counter',
    help: 'Commands that the rules refused, by the code of the refusal.',
    labels: ['command', 'code'],
    in: ['counter'],
  },
  provident_append_duration_seconds: {
    kind: 'histogram',
    help: 'Time that an append to the event store took: taken, conflict, refused or unavailable.',
    labels: ['outcome'],
    in: ['counter'],
  },
  provident_appended_events_total: {
    kind: 'counter',
    help: 'Events that the event store took, by category of their stream.',
    labels: ['category'],
    in: ['counter'],
  },
  provident_reaction_backlog: {
    kind: 'gauge',
    help: 'Events that this process has taken and not yet reacted to.',
    labels: [],
    in: ['counter'],
  },
  provident_reactions_stopped: {
    kind: 'gauge',
    help: '1 when a reaction that failed has stopped the reactions of this process.',
    labels: [],
    in: ['counter'],
  },
  provident_supervisor_leading: {
    kind: 'gauge',
    help: '1 when this supervisor is the one that follows the log and signs; the others stand by.',
    labels: [],
    in: ['supervisor'],
  },
  provident_tree_leaves: {
    kind: 'gauge',
    help: 'Events of the log that this supervisor has seen become leaves of its Merkle tree.',
    labels: [],
    in: ['supervisor'],
  },
  provident_relay_leading: {
    kind: 'gauge',
    help: '1 when this relay is the one that sends; the others stand by.',
    labels: [],
    in: ['relay'],
  },
  provident_relay_position: {
    kind: 'gauge',
    help: 'Log position up to which everything is in Kafka, as far as this relay knows.',
    labels: [],
    in: ['relay'],
  },
  provident_relay_sent_events_total: {
    kind: 'counter',
    help: 'Events that this relay has sent, repeats included.',
    labels: [],
    in: ['relay'],
  },
  provident_relay_lag_events: {
    kind: 'gauge',
    help: 'Events read from the log and not yet confirmed by Kafka.',
    labels: [],
    in: ['relay'],
  },
  provident_relay_lag_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest event that Kafka has not confirmed.',
    labels: [],
    in: ['relay'],
  },
  provident_projector_applied_events_total: {
    kind: 'counter',
    help: 'Events that this projector has applied.',
    labels: [],
    in: ['projector'],
  },
  provident_projector_lag_events: {
    kind: 'gauge',
    help: 'Messages of a partition that are in Kafka and not yet applied.',
    labels: ['topic', 'partition'],
    in: ['projector'],
  },
  provident_projector_lag_seconds: {
    kind: 'gauge',
    help: 'Time since the last event that was applied, of the partition that is furthest behind; 0 when none is.',
    labels: [],
    in: ['projector'],
  },
  provident_projector_stopped_partitions: {
    kind: 'gauge',
    help: 'Partitions that a message which cannot be applied has stopped.',
    labels: [],
    in: ['projector'],
  },
  provident_projection_errors_total: {
    kind: 'counter',
    help: 'Troubles of the projector: retried, or for good.',
    labels: ['outcome'],
    in: ['projector'],
  },
  provident_dead_letters_total: {
    kind: 'counter',
    help: 'Messages that this projector has laid aside because they could not be applied.',
    labels: [],
    in: ['projector'],
  },
  provident_check_passing: {
    kind: 'gauge',
    help: '1 for every check of the readiness that passes, 0 for one that does not.',
    labels: ['check'],
    in: ALL,
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;
export type Labels<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;
