import { join, resolve } from 'node:path';
import { type CheckpointConfig, checkpointConfigOf } from './checkpoint-config.js';
import { type AccessConfig, accessConfigOf } from './access-config.js';
import { Environment, type Variables } from './environment.js';
import type { ProcessName } from './variables.js';
import { type VaultConfig, vaultConfigOf } from './vault-config.js';

/** What the office and the command line are told from outside. Everything has a default that needs no set-up. */
export interface Config {
  /** Folder of the embedded parts' data. */
  readonly dataFolder: string;
  /** `esdb://…` of an EventStoreDB or KurrentDB; the embedded one when absent. */
  readonly eventStoreUrl: string | undefined;
  /** `postgres://…`; the embedded server when absent. */
  readonly databaseUrl: string | undefined;
  readonly vault: VaultConfig;
  readonly checkpoints: CheckpointConfig;
  readonly access: AccessConfig;
  /** Pooling area (统筹区): an administrative division code (GB/T 2260). */
  readonly area: string;
  readonly httpPort: number;
  /** Where the public finds the portal; printed statements lead there. */
  readonly portalUrl: string | undefined;
}

/** Reads and checks the environment. Throws `config-invalid`, naming the variable. */
export function configFrom(variables: Variables, process: ProcessName = 'office'): Config {
  const environment = new Environment(variables, process);
  const [databaseUrl, vault] = [databaseUrlOf(environment), vaultConfigOf(environment)];
  if (vault.masterKeys === undefined && (databaseUrl ?? vault.url) !== undefined) {
    // A key file beside a vault that is elsewhere would be lost with this machine, and every name with it.
    throw environment.invalid('PROVIDENT_MASTER_KEY', '', '32 bytes in base64 where the vault is not the embedded one');
  }
  return {
    dataFolder: resolve(environment.text('PROVIDENT_DATA')),
    eventStoreUrl: eventStoreUrlOf(environment),
    databaseUrl,
    vault,
    checkpoints: checkpointConfigOf(environment, areaOf(environment)),
    access: accessConfigOf(environment),
    area: areaOf(environment),
    httpPort: portOf(environment),
    portalUrl: portalUrlOf(environment),
  };
}

export function areaOf(environment: Environment): string {
  const area = environment.text('PROVIDENT_AREA');
  if (/^\d{6}$/.test(area)) return area;
  throw environment.invalid('PROVIDENT_AREA', area, 'a six-digit division code such as 310000');
}

export function portalUrlOf(environment: Environment): string | undefined {
  const expected = 'an address such as https://sb.example.cn, without a path';
  return environment.matching('PORTAL_URL', /^https?:\/\/[^/\s?#]+$/, expected);
}

export function portOf(environment: Environment): number {
  return environment.whole('PORT', 0, 65_535);
}

export function eventStoreUrlOf(environment: Environment): string | undefined {
  const expected = 'an address such as esdb://host:2113?tls=false';
  return environment.matching('EVENTSTORE_URL', /^(esdb|kurrentdb)(\+discover)?:\/\/[^/\s]/, expected);
}

export function databaseUrlOf(environment: Environment): string | undefined {
  const expected = 'an address such as postgres://user@host/database';
  return environment.matching('DATABASE_URL', /^postgres(ql)?:\/\/\S/, expected);
}

export function postgresFolder(config: Config): string {
  return join(config.dataFolder, 'postgres');
}
