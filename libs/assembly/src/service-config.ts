import { readFileSync } from 'node:fs';
import { invariant } from '@provident/kernel';
import { type CheckpointConfig, checkpointConfigOf } from './checkpoint-config.js';
import { type AccessConfig, accessConfigOf } from './access-config.js';
import { areaOf, databaseUrlOf, eventStoreUrlOf, portalUrlOf, portOf } from './config.js';
import { Environment, type Variables } from './environment.js';
import type { ProcessName } from './variables.js';
import { type VaultConfig, vaultConfigOf } from './vault-config.js';

export type ServiceName = Exclude<ProcessName, 'office' | 'ledgerctl'>;

/** What every service is told from outside. */
export interface ServiceConfig {
  readonly service: ServiceName;
  readonly area: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Address of an OpenTelemetry collector; no traces when absent. */
  readonly tracesTo: string | undefined;
  /** Share of the traces that are kept, from 0 to 1. */
  readonly tracesKept: number;
}

/** How Kafka is reached, and how its topics are made where there are none. */
export interface KafkaConfig {
  readonly brokers: readonly string[];
  /** Encryption; with a certificate authority of its own, or the system's. */
  readonly ssl: boolean | { readonly ca: string };
  readonly sasl: { readonly mechanism: Mechanism; readonly username: string; readonly password: string } | undefined;
  readonly partitions: number;
  readonly replication: number;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
type Mechanism = (typeof MECHANISMS)[number];
const BROKER = /^[A-Za-z0-9._-]+:\d{1,5}$/;

/** What the counter is told: where to write. */
export interface CounterConfig extends ServiceConfig {
  readonly eventStoreUrl: string;
  readonly vault: GivenVault;
  readonly access: AccessConfig;
}

/** A service embeds nothing: address and keys are given. */
export type GivenVault = { readonly [Part in keyof VaultConfig]: NonNullable<VaultConfig[Part]> };

export interface RelayConfig extends ServiceConfig {
  readonly eventStoreUrl: string;
  readonly kafka: KafkaConfig;
}

export interface ProjectorConfig extends ServiceConfig {
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  readonly kafka: KafkaConfig;
}

export interface EnquiryConfig extends ServiceConfig {
  /** Where the public finds the portal. */
  readonly portalUrl: string | undefined;
  readonly vault: GivenVault;
  readonly access: AccessConfig;
  /** Personal statements are rebuilt from the log itself. */
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly databaseConnections: number;
}

/** The supervisor follows the log and signs for it. */
export interface SupervisorConfig extends ServiceConfig {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  readonly checkpoints: CheckpointConfig;
  /** Who signs in is known there. */
  readonly vault: GivenVault;
  readonly access: AccessConfig;
}

/** The readers below throw `config-invalid`, naming the variable. */
export function counterConfig(variables: Variables): CounterConfig {
  const environment = new Environment(variables, 'counter');
  return {
    ...serviceConfig(environment, 'counter'),
    eventStoreUrl: given(eventStoreUrlOf(environment)),
    vault: givenVault(environment),
    access: accessConfigOf(environment),
  };
}

export function relayConfig(variables: Variables): RelayConfig {
  const environment = new Environment(variables, 'relay');
  return {
    ...serviceConfig(environment, 'relay'),
    eventStoreUrl: given(eventStoreUrlOf(environment)),
    kafka: kafkaConfig(environment),
  };
}

export function projectorConfig(variables: Variables): ProjectorConfig {
  const environment = new Environment(variables, 'projector');
  return {
    ...serviceConfig(environment, 'projector'),
    ...databaseConfig(environment),
    kafka: kafkaConfig(environment),
  };
}

export function enquiryConfig(variables: Variables): EnquiryConfig {
  const environment = new Environment(variables, 'enquiry');
  return {
    ...serviceConfig(environment, 'enquiry'),
    ...databaseConfig(environment),
    eventStoreUrl: given(eventStoreUrlOf(environment)),
    vault: givenVault(environment),
    access: accessConfigOf(environment),
    portalUrl: portalUrlOf(environment),
  };
}

export function supervisorConfig(variables: Variables): SupervisorConfig {
  const environment = new Environment(variables, 'supervisor');
  const service = serviceConfig(environment, 'supervisor');
  return {
    ...service,
    ...databaseConfig(environment),
    eventStoreUrl: given(eventStoreUrlOf(environment)),
    checkpoints: checkpointConfigOf(environment, service.area),
    vault: givenVault(environment),
    access: accessConfigOf(environment),
  };
}

/** In the read side's database where it has no address of its own. */
function givenVault(environment: Environment): GivenVault {
  const { url = given(databaseUrlOf(environment)), masterKeys } = vaultConfigOf(environment);
  invariant(masterKeys !== undefined, 'A service that reads the vault requires a master key.');
  return { url, masterKeys };
}

function serviceConfig(environment: Environment, service: ServiceName): ServiceConfig {
  const endpoint = 'the http:// or https:// address of a collector, such as http://localhost:4318';
  return {
    service,
    area: areaOf(environment),
    host: environment.text('HOST'),
    port: portOf(environment),
    logLevel: environment.oneOf('LOG_LEVEL', LOG_LEVELS),
    tracesTo: environment.matching('OTEL_EXPORTER_OTLP_ENDPOINT', /^https?:\/\/[^/\s]/, endpoint),
    tracesKept: environment.share('OTEL_TRACES_SAMPLER_ARG'),
  };
}

function databaseConfig(environment: Environment) {
  return {
    databaseUrl: given(databaseUrlOf(environment)),
    databaseConnections: environment.whole('DATABASE_CONNECTIONS', 2, 1_000),
  };
}

function kafkaConfig(environment: Environment): KafkaConfig {
  const text = environment.text('KAFKA_BROKERS');
  const brokers = text.split(',').map((broker) => broker.trim());
  if (!brokers.every((broker) => BROKER.test(broker))) {
    throw environment.invalid('KAFKA_BROKERS', text, 'addresses such as kafka-1:9092,kafka-2:9092');
  }
  return {
    brokers,
    ssl: sslOf(environment),
    sasl: saslOf(environment),
    partitions: environment.whole('KAFKA_PARTITIONS', 1, 1_000),
    replication: environment.whole('KAFKA_REPLICATION', 1, 10),
  };
}

function sslOf(environment: Environment): KafkaConfig['ssl'] {
  const encrypted = environment.flag('KAFKA_SSL');
  const file = environment.text('KAFKA_CA_FILE');
  if (file === '') return encrypted;
  if (!encrypted) throw environment.invalid('KAFKA_SSL', 'false', 'true where KAFKA_CA_FILE is given');
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch {
    throw environment.invalid('KAFKA_CA_FILE', file, 'the path of a file that this process may read');
  }
}

function saslOf(environment: Environment): KafkaConfig['sasl'] {
  const [username, password] = [environment.text('KAFKA_USERNAME'), environment.text('KAFKA_PASSWORD')];
  const mechanism = environment.text('KAFKA_SASL');
  if (mechanism === '' && username === '' && password === '') return undefined;
  if (mechanism === '') throw environment.invalid('KAFKA_SASL', '', 'plain, scram-sha-256 or scram-sha-512');
  if (username === '') throw environment.invalid('KAFKA_USERNAME', '', 'the account to sign in with');
  if (password === '') throw environment.invalid('KAFKA_PASSWORD', '', 'the password of the account');
  return { mechanism: environment.oneOf('KAFKA_SASL', MECHANISMS), username, password };
}

/** `Environment` has refused a required variable that is not set. */
function given(text: string | undefined): string {
  return text ?? '';
}
