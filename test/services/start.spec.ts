import { freePorts } from '../../deploy/kafka/free-ports.js';
import { NodeProcess } from '../../deploy/services/node-process.js';
import { compiled, runCompiled } from '../support/compiled.js';

const STORE = 'esdb://127.0.0.1:1?tls=false';

it.each([
  ['counter', {}, 'EVENTSTORE_URL'],
  ['relay', { EVENTSTORE_URL: STORE }, 'KAFKA_BROKERS'],
  ['projector', { KAFKA_BROKERS: '127.0.0.1:1', DATABASE_URL: 'mysql://here' }, 'DATABASE_URL'],
  ['enquiry', { EVENTSTORE_URL: STORE, DATABASE_URL: 'postgres://localhost/x', PORT: 'eighty' }, 'PORT'],
])('%s refuses to start on %j', async (service, variables, name) => {
  const { code, out } = await runCompiled(`apps/${service}/src/main.js`, [], variables);
  expect(code).toBe(1);
  const said = JSON.parse(out) as { level: string; code: string; msg: string; remedy: string };
  expect(said).toMatchObject({ level: 'fatal', code: 'config-invalid', details: { variable: name } });
  expect(said.msg).toContain(name);
  expect(said.remedy).not.toBe('');
});

it('stops in order while it still waits', async () => {
  const [port = 0] = await freePorts(1);
  const lines: string[] = [];
  const counter = new NodeProcess({
    ...{ name: 'counter', address: `http://127.0.0.1:${port}`, program: compiled('apps/counter/src/main.js') },
    variables: {
      EVENTSTORE_URL: STORE,
      VAULT_URL: 'postgres://127.0.0.1:1/none',
      PROVIDENT_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      PORT: String(port),
    },
    onLine: (line) => lines.push(line),
  });
  await counter.start();
  try {
    const asked = async (path: string) => fetch(counter.address + path).catch(() => undefined);
    let refused = await asked('/api/people');
    for (const limit = performance.now() + 30_000; refused === undefined && performance.now() < limit; ) {
      refused = await asked('/api/people');
    }
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused?.json()).toMatchObject({ type: 'urn:provident:problem:not-ready' });
    expect((await asked('/health/live'))?.status).toBe(200);
    expect((await asked('/health/ready'))?.status).toBe(503);
  } finally {
    await counter.stop();
  }
  expect(counter.ending).toBe(0);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: 'counter' });
});
