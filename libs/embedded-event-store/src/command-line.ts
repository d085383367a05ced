import { parseArgs } from 'node:util';
import type { ServerOptions } from './options.js';

/** What a wrong command line is answered with. */
export const usage = `usage: eventstore [--port 2113] [--data DIR | --memory] [--host IP] [--cert FILE --key FILE] [--no-system-projections]
The variables of EventStoreDB are understood too: EVENTSTORE_NODE_PORT, EVENTSTORE_DB, EVENTSTORE_MEM_DB, EVENTSTORE_INSECURE,
EVENTSTORE_NODE_IP, EVENTSTORE_CERTIFICATE_FILE, EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE, EVENTSTORE_ADVERTISE_HOST_TO_CLIENT_AS,
EVENTSTORE_ADVERTISE_HTTP_PORT_TO_CLIENT_AS, EVENTSTORE_MAX_APPEND_SIZE, EVENTSTORE_START_STANDARD_PROJECTIONS, EVENTSTORE_RUN_PROJECTIONS (None switches them off),
EVENTSTORE_DEFAULT_ADMIN_PASSWORD, EVENTSTORE_DEFAULT_OPS_PASSWORD.`;

const DEFAULT_PORT = 2113;
const DEFAULT_DATA = './data/eventstore';

type Environment = Readonly<Record<string, string | undefined>>;

/** Options from arguments and environment; an argument wins. @throws Error that says which value is wrong */
export function readOptions(args: readonly string[], environment: Environment): ServerOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      memory: { type: 'boolean' },
      host: { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      'system-projections': { type: 'boolean' },
    },
  });
  if (values.memory === true && values.data !== undefined) throw new Error('Give --data or --memory, not both.');
  const env = (name: string): string | undefined => environment[`EVENTSTORE_${name}`];
  const inMemory = values.memory ?? (values.data === undefined && flag('MEM_DB', env('MEM_DB')));
  const tls = tlsFiles(env, values.cert, values.key);
  const host = values.host ?? env('NODE_IP');
  const maxAppendBytes = number('EVENTSTORE_MAX_APPEND_SIZE', env('MAX_APPEND_SIZE'));
  return {
    port: number('The port', values.port ?? env('NODE_PORT')) ?? DEFAULT_PORT,
    ...(inMemory ? {} : { dir: values.data ?? env('DB') ?? DEFAULT_DATA }),
    ...(tls ? { tls, initialPasswords: passwords(env) } : {}),
    ...(host === undefined ? {} : { host }),
    ...(maxAppendBytes === undefined ? {} : { maxAppendBytes }),
    systemProjections: values['system-projections'] ?? runsProjections(env),
    advertise: {
      ...optional('host', env('ADVERTISE_HOST_TO_CLIENT_AS')),
      ...optional(
        'port',
        number('EVENTSTORE_ADVERTISE_HTTP_PORT_TO_CLIENT_AS', env('ADVERTISE_HTTP_PORT_TO_CLIENT_AS')),
      ),
    },
  };
}

type Variable = (name: string) => string | undefined;

/** On unless one of the real server's two variables says no. */
function runsProjections(env: Variable): boolean {
  const run = env('RUN_PROJECTIONS');
  if (run !== undefined && !/^(none|system|all)$/i.test(run)) {
    throw new Error(`EVENTSTORE_RUN_PROJECTIONS must be None, System or All; it is '${run}'.`);
  }
  const start = env('START_STANDARD_PROJECTIONS');
  return run?.toLowerCase() !== 'none' && (start === undefined || flag('START_STANDARD_PROJECTIONS', start));
}

/** An argument wins over its variable, and over EVENTSTORE_INSECURE. */
function tlsFiles(env: Variable, certificate?: string, key?: string): ServerOptions['tls'] {
  const certificateFile = certificate ?? env('CERTIFICATE_FILE');
  const privateKeyFile = key ?? env('CERTIFICATE_PRIVATE_KEY_FILE');
  const isInsecure = certificate === undefined && key === undefined && flag('INSECURE', env('INSECURE'));
  if (isInsecure || (certificateFile === undefined && privateKeyFile === undefined)) return undefined;
  if (certificateFile === undefined || privateKeyFile === undefined) {
    throw new Error(
      'Encryption needs both a certificate and its key: --cert and --key, or EVENTSTORE_CERTIFICATE_FILE and EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE.',
    );
  }
  return { certificateFile, privateKeyFile };
}

function passwords(env: Variable): NonNullable<ServerOptions['initialPasswords']> {
  return {
    ...optional('admin', env('DEFAULT_ADMIN_PASSWORD')),
    ...optional('ops', env('DEFAULT_OPS_PASSWORD')),
  };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}

function number(what: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${what} must be a whole number; it is '${text}'.`);
  return Number(text);
}

function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || /^(false|0|no)$/i.test(text)) return false;
  if (/^(true|1|yes)$/i.test(text)) return true;
  throw new Error(`EVENTSTORE_${name} must be true or false; it is '${text}'.`);
}
