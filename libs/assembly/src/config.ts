import { join, resolve } from 'node:path';
import { DomainError } from '@provident/kernel';

/** What one process is told from outside. Everything has a default that needs no set-up. */
export interface Config {
  /** Folder of the embedded parts' data. */
  readonly dataFolder: string;
  /** `esdb://…` of an EventStoreDB or KurrentDB; the embedded one when absent. */
  readonly eventStoreUrl: string | undefined;
  /** `postgres://…`; the embedded server when absent. */
  readonly databaseUrl: string | undefined;
  /** Pooling area (统筹区): an administrative division code (GB/T 2260). */
  readonly area: string;
  readonly httpPort: number;
}

/** Every variable, its default and what it means: the README's table and `--help` are made of it. */
export const VARIABLES = {
  PROVIDENT_DATA: { fallback: 'data', meaning: 'folder of the embedded parts' },
  EVENTSTORE_URL: { fallback: '', meaning: 'esdb:// address of EventStoreDB 23.10+ or KurrentDB; embedded when empty' },
  DATABASE_URL: { fallback: '', meaning: 'postgres:// address; embedded PostgreSQL when empty' },
  PROVIDENT_AREA: { fallback: '310000', meaning: 'pooling area, an administrative division code' },
  PORT: { fallback: '3000', meaning: 'HTTP port; 0 takes any free one' },
} as const;

/** Reads and checks the environment. Throws `config-invalid`, naming the variable. */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): Config {
  const value = (name: keyof typeof VARIABLES): string => {
    const given = environment[name];
    return given === undefined || given === '' ? VARIABLES[name].fallback : given;
  };
  const area = value('PROVIDENT_AREA');
  if (!/^\d{6}$/.test(area)) throw invalid('PROVIDENT_AREA', area, 'a six-digit division code such as 310000');
  const port = value('PORT');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw invalid('PORT', port, 'a port from 0 to 65535');
  const eventStoreUrl = value('EVENTSTORE_URL');
  if (eventStoreUrl !== '' && !/^(esdb|kurrentdb)(\+discover)?:\/\//.test(eventStoreUrl)) {
    throw invalid('EVENTSTORE_URL', eventStoreUrl, 'an address such as esdb://host:2113?tls=false');
  }
  const databaseUrl = value('DATABASE_URL');
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw invalid('DATABASE_URL', databaseUrl, 'an address such as postgres://user@host/database');
  }
  return {
    dataFolder: resolve(value('PROVIDENT_DATA')),
    eventStoreUrl: eventStoreUrl === '' ? undefined : eventStoreUrl,
    databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
    area,
    httpPort: Number(port),
  };
}

export function postgresFolder(config: Config): string {
  return join(config.dataFolder, 'postgres');
}

function invalid(name: string, given: string, expected: string): DomainError {
  return new DomainError(
    'config-invalid',
    `The environment variable ${name} is "${given}".`,
    'Settings are checked at start.',
    `Set it to ${expected}, or leave it out.`,
    { variable: name },
  );
}
