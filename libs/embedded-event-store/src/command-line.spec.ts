import { readOptions } from './command-line.js';

test('without arguments the port and the directory are the usual ones', () => {
  expect(readOptions([], {})).toMatchObject({ port: 2113, dir: './data/eventstore', systemProjections: true });
});

test('arguments win over the environment', () => {
  const environment = { EVENTSTORE_NODE_PORT: '2114', EVENTSTORE_DB: '/from/environment' };
  expect(readOptions([], environment)).toMatchObject({ port: 2114, dir: '/from/environment' });
  expect(readOptions(['--port', '2115', '--data', '/given'], environment)).toMatchObject({ port: 2115, dir: '/given' });
  expect(readOptions(['--memory'], environment).dir).toBeUndefined();
});

test('the real server’s variables', () => {
  const options = readOptions([], {
    EVENTSTORE_CERTIFICATE_FILE: 'node.crt',
    EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE: 'node.key',
    EVENTSTORE_DEFAULT_ADMIN_PASSWORD: 'secret',
    EVENTSTORE_ADVERTISE_HOST_TO_CLIENT_AS: 'events.example',
    EVENTSTORE_ADVERTISE_HTTP_PORT_TO_CLIENT_AS: '443',
    EVENTSTORE_MAX_APPEND_SIZE: '2097152',
    EVENTSTORE_MEM_DB: 'true',
    EVENTSTORE_START_STANDARD_PROJECTIONS: 'true',
  });
  expect(options).toEqual({
    port: 2113,
    tls: { certificateFile: 'node.crt', privateKeyFile: 'node.key' },
    initialPasswords: { admin: 'secret' },
    advertise: { host: 'events.example', port: 443 },
    maxAppendBytes: 2_097_152,
    systemProjections: true,
  });
  expect(readOptions([], { EVENTSTORE_INSECURE: 'true', EVENTSTORE_CERTIFICATE_FILE: 'node.crt' }).tls).toBeUndefined();
});

test.each([
  [[], { EVENTSTORE_RUN_PROJECTIONS: 'None' }, false],
  [[], { EVENTSTORE_RUN_PROJECTIONS: 'System' }, true],
  [[], { EVENTSTORE_START_STANDARD_PROJECTIONS: 'false' }, false],
  [['--no-system-projections'], { EVENTSTORE_START_STANDARD_PROJECTIONS: 'true' }, false],
  [['--system-projections'], { EVENTSTORE_RUN_PROJECTIONS: 'None' }, true],
])('with %j and %j system projections run: %s', (args, environment, expected) => {
  expect(readOptions(args, environment).systemProjections).toBe(expected);
});

test('a certificate and its key as arguments win over the variables', () => {
  const environment = { EVENTSTORE_INSECURE: 'true', EVENTSTORE_CERTIFICATE_FILE: 'node.crt' };
  const args = ['--cert', 'my.crt', '--key', 'my.key', '--host', '0.0.0.0'];
  expect(readOptions(args, environment)).toMatchObject({
    host: '0.0.0.0',
    tls: { certificateFile: 'my.crt', privateKeyFile: 'my.key' },
  });
});

test.each([
  [[], { EVENTSTORE_RUN_PROJECTIONS: 'Some' }, /None, System or All/],
  [['--cert', 'my.crt'], {}, /needs both/],
  [['--memory', '--data', 'x'], {}, /not both/],
  [['--port', 'many'], {}, /whole number/],
  [[], { EVENTSTORE_MEM_DB: 'perhaps' }, /true or false/],
  [[], { EVENTSTORE_CERTIFICATE_FILE: 'node.crt' }, /needs both/],
  [['--unknown'], {}, /--unknown/],
])('%j is refused with its reason', (args, environment, reason) => {
  expect(() => readOptions(args, environment)).toThrow(reason);
});
