/** The programs that read settings from their environment. */
export type ProcessName = 'office' | 'ledgerctl' | 'counter' | 'relay' | 'projector' | 'enquiry' | 'supervisor';

const SERVICES: readonly ProcessName[] = ['counter', 'relay', 'projector', 'enquiry', 'supervisor'];
const EVERY: readonly ProcessName[] = ['office', 'ledgerctl', ...SERVICES];
const WITH_SIGN_IN: readonly ProcessName[] = ['office', 'counter', 'enquiry', 'supervisor'];
const ON_KAFKA: readonly ProcessName[] = ['relay', 'projector', 'ledgerctl'];

export interface Variable {
  /** What counts where it is not set; '' where there is nothing to fall back on. */
  readonly fallback: string;
  readonly meaning: string;
  readonly readBy: readonly ProcessName[];
  /** Processes that do not start without it. */
  readonly requiredBy?: readonly ProcessName[];
  /** May hold a password: never printed, and may stand in a file that `<NAME>_FILE` names. */
  readonly secret?: true;
}

/** Every variable: its default, what it means, and who reads it. The README's table and `--help` are made of it. */
export const VARIABLES = {
  PROVIDENT_DATA: {
    fallback: 'data',
    meaning: 'folder of the embedded parts',
    readBy: ['office', 'ledgerctl'],
  },
  PROVIDENT_AREA: {
    fallback: '310000',
    meaning: 'pooling area, an administrative division code',
    readBy: EVERY,
  },
  PORTAL_URL: {
    fallback: '',
    meaning: "the portal's own address for the public, such as https://sb.example.cn; printed statements lead to it",
    readBy: ['office', 'ledgerctl', 'enquiry'],
  },
  EVENTSTORE_URL: {
    fallback: '',
    meaning: 'esdb:// address of EventStoreDB 23.10+ or KurrentDB; embedded when empty',
    readBy: ['office', 'ledgerctl', 'counter', 'relay', 'enquiry', 'supervisor'],
    requiredBy: ['counter', 'relay', 'enquiry', 'supervisor'],
    secret: true,
  },
  DATABASE_URL: {
    fallback: '',
    meaning: 'postgres:// address; embedded PostgreSQL when empty',
    readBy: ['office', 'ledgerctl', 'projector', 'enquiry', 'supervisor'],
    requiredBy: ['projector', 'enquiry', 'supervisor'],
    secret: true,
  },
  VAULT_URL: {
    fallback: '',
    meaning:
      "postgres:// address of the vault of keys, which no rebuild touches; in the read side's database when empty",
    readBy: ['office', 'ledgerctl', 'counter', 'enquiry', 'supervisor'],
    requiredBy: ['counter'],
    secret: true,
  },
  PROVIDENT_MASTER_KEY: {
    fallback: '',
    meaning: '32 bytes in base64 that wrap the keys of personal data; a key file in the data folder when empty',
    readBy: ['office', 'ledgerctl', 'counter', 'enquiry', 'supervisor'],
    requiredBy: ['counter', 'enquiry', 'supervisor'],
    secret: true,
  },
  PROVIDENT_EARLIER_MASTER_KEYS: {
    fallback: '',
    meaning: 'master keys before that one, with commas between, until everything is wrapped anew',
    readBy: ['office', 'ledgerctl', 'counter', 'enquiry', 'supervisor'],
    secret: true,
  },
  DATABASE_CONNECTIONS: {
    fallback: '10',
    meaning: 'most connections of one process to PostgreSQL',
    readBy: ['projector', 'enquiry', 'supervisor'],
  },
  CHECKPOINT_KEY: {
    fallback: '',
    meaning:
      'key that checkpoints of the log are signed with (32 bytes in base64), then those it replaced; a key file in the data folder when empty',
    readBy: ['office', 'ledgerctl', 'supervisor'],
    requiredBy: ['supervisor'],
    secret: true,
  },
  CHECKPOINT_MINUTES: {
    fallback: '60',
    meaning: 'longest time between two checkpoints while the log grows',
    readBy: ['office', 'ledgerctl', 'supervisor'],
  },
  CHECKPOINT_FOLDER: {
    fallback: '',
    meaning: 'folder for checkpoints as files; in the data folder of an office, none in a service, when empty',
    readBy: ['office', 'ledgerctl', 'supervisor'],
  },
  KAFKA_BROKERS: {
    fallback: '',
    meaning: 'addresses of Kafka brokers, host:port with commas between',
    readBy: ON_KAFKA,
    requiredBy: ['relay', 'projector'],
  },
  KAFKA_SSL: { fallback: 'false', meaning: 'true: connections to Kafka are encrypted', readBy: ON_KAFKA },
  KAFKA_CA_FILE: {
    fallback: '',
    meaning: "PEM file with the certificate authority of Kafka's brokers; the system's own when empty",
    readBy: ON_KAFKA,
  },
  KAFKA_SASL: {
    fallback: '',
    meaning: 'how to sign in to Kafka: plain, scram-sha-256 or scram-sha-512; not at all when empty',
    readBy: ON_KAFKA,
  },
  KAFKA_USERNAME: { fallback: '', meaning: 'account at Kafka, with KAFKA_SASL', readBy: ON_KAFKA },
  KAFKA_PASSWORD: { fallback: '', meaning: 'its password', readBy: ON_KAFKA, secret: true },
  KAFKA_PARTITIONS: {
    fallback: '6',
    meaning: 'partitions of a topic when it is made: most projectors that can share the work',
    readBy: ON_KAFKA,
  },
  KAFKA_REPLICATION: {
    fallback: '1',
    meaning: 'copies of every partition when a topic is made; 3 in a cluster',
    readBy: ON_KAFKA,
  },
  HOST: {
    fallback: '127.0.0.1',
    meaning: 'address to listen on; 0.0.0.0 in a container',
    readBy: SERVICES,
  },
  PORT: {
    fallback: '3000',
    meaning: 'HTTP port; 0 takes any free one',
    readBy: ['office', ...SERVICES],
  },
  RATE_PER_ADDRESS: {
    fallback: '3000',
    meaning: 'requests of one address in a minute, a fifth of them at once; many people sit behind one address',
    readBy: WITH_SIGN_IN,
  },
  RATE_PER_USER: {
    fallback: '1200',
    meaning: 'requests of one signed-in user in a minute, a fifth of them at once',
    readBy: WITH_SIGN_IN,
  },
  OIDC_ISSUER: {
    fallback: '',
    meaning: 'https:// address of an OpenID Connect provider to sign in at; local accounts alone when empty',
    readBy: WITH_SIGN_IN,
  },
  OIDC_CLIENT_ID: { fallback: '', meaning: 'name under which the provider knows us', readBy: WITH_SIGN_IN },
  OIDC_CLIENT_SECRET: {
    fallback: '',
    meaning: 'our secret at the provider; none for a public client',
    readBy: WITH_SIGN_IN,
    secret: true,
  },
  OIDC_REDIRECT_URI: {
    fallback: '',
    meaning: 'our own address of /api/access/provider/callback, as the provider knows it',
    readBy: WITH_SIGN_IN,
  },
  LOG_LEVEL: { fallback: 'info', meaning: 'trace, debug, info, warn, error or fatal', readBy: SERVICES },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    fallback: '',
    meaning: 'http:// address of an OpenTelemetry collector; no traces when empty',
    readBy: SERVICES,
  },
  OTEL_TRACES_SAMPLER_ARG: {
    fallback: '1',
    meaning: 'share of the traces that are kept, from 0 to 1; by trace id, so alike in every process',
    readBy: SERVICES,
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;
