import { SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { randomUUID } from 'node:crypto';
import { within } from './conversation.js';
import { createLog, NestLog } from './log.js';
import { Metrics } from './metrics.js';
import { errorFields, redact } from './redact.js';
import { Trouble } from './observe-trouble.js';
import { spanIdOf, traceIdOf } from './trace-ids.js';
import { nowMs, Tracing } from './tracing.js';

function linesOf(work: (log: ReturnType<typeof createLog>) => void, level = 'info'): Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLog('counter', level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What was sent stays to be looked at, behind the end. */
class KeptSpans extends InMemorySpanExporter {
  override shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the log', () => {
  it('carries the ids of the conversation that a line belongs to', () => {
    const [inside, outside] = linesOf((log) => {
      within({ requestId: 'r-1', spanId: 's', correlationId: 'c-1', commandId: 'k-1' }, () => log.info('inside'));
      log.info('outside');
    });
    expect(inside).toMatchObject({ level: 'info', service: 'counter', requestId: 'r-1', correlationId: 'c-1' });
    expect(outside).not.toHaveProperty('requestId');
  });

  it('leaves out citizen numbers, passwords, and what a database error says of its rows', () => {
    expect(redact('person 11010519491231002X at postgres://clerk:word@host/x')).toBe(
      'person [citizen number] at postgres://host/x',
    );
    const error = Object.assign(new Error('no 110105194912310021'), { code: '23505', detail: 'Key (name)=(王)' });
    expect(JSON.stringify(errorFields(error))).not.toMatch(/王|1101051949/);
    const [line] = linesOf((log) => new NestLog(log).error('failed for 11010519491231002X', error.stack, 'Reactions'));
    expect(line).toMatchObject({ level: 'error', context: 'Reactions', msg: 'failed for [citizen number]' });
    expect(JSON.stringify(line)).not.toContain('1101051949');
  });
});

describe('traces', () => {
  it('have the ids of the conversation, the command and the event', async () => {
    const exporter = new KeptSpans();
    const tracing = new Tracing('counter', exporter);
    const [correlationId, commandId, eventId] = [randomUUID(), randomUUID(), randomUUID()];
    const endMs = nowMs();
    const traceId = traceIdOf(correlationId);
    const common = { traceId, kind: SpanKind.INTERNAL, startMs: endMs - 5, endMs };
    tracing.record({ ...common, name: 'command', spanId: spanIdOf(commandId), failure: 'year-not-over' });
    tracing.record({ ...common, name: 'append', spanId: spanIdOf(eventId), parentSpanId: spanIdOf(commandId) });
    tracing.record({ ...common, name: 'projected', parentSpanId: spanIdOf(eventId) });
    await tracing.close();
    const sent = exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      ...span.spanContext(),
      parent: span.parentSpanContext?.spanId,
    }));
    expect(sent).toMatchObject([
      { name: 'command', traceId, spanId: spanIdOf(commandId), parent: undefined },
      { name: 'append', traceId, spanId: spanIdOf(eventId), parent: spanIdOf(commandId) },
      { name: 'projected', traceId, parent: spanIdOf(eventId) },
    ]);
    expect(new Set(sent.map(({ spanId }) => spanId)).size).toBe(3);
  });

  it('are kept whole or not at all, alike in every process, and nothing is recorded without a collector', async () => {
    const kept = async (share: number, traceIds: readonly string[]): Promise<string[]> => {
      const exporter = new KeptSpans();
      const tracing = new Tracing('relay', exporter, share);
      for (const traceId of traceIds) {
        tracing.record({ name: 'x', kind: SpanKind.INTERNAL, traceId, startMs: 1, endMs: 2 });
      }
      await tracing.close();
      return exporter.getFinishedSpans().map((span) => span.spanContext().traceId);
    };
    const traceIds = Array.from({ length: 400 }, () => traceIdOf(randomUUID()));
    const half = await kept(0.5, traceIds);
    expect(half.length).toBeGreaterThan(100);
    expect(half.length).toBeLessThan(300);
    expect(await kept(0.5, traceIds)).toEqual(half);
    expect(await kept(0, traceIds)).toEqual([]);
    expect(Tracing.to('relay', undefined, 1).isOn).toBe(false);
  });
});

describe('metrics', () => {
  it('are those of the process, and hold what was put in', async () => {
    const metrics = new Metrics('counter');
    metrics.add('provident_command_refusals_total', { command: 'CloseYear', code: 'year-not-over' });
    metrics.observe('provident_append_duration_seconds', { outcome: 'taken' }, 0.003);
    metrics.set('provident_reaction_backlog', {}, 7);
    const text = await metrics.registry.metrics();
    expect(text).toContain('provident_command_refusals_total{command="CloseYear",code="year-not-over"} 1');
    expect(text).toContain('provident_append_duration_seconds_bucket{le="0.005",outcome="taken"} 1');
    expect(text).toContain('provident_reaction_backlog 7');
    expect(text).not.toContain('provident_relay_leading');
    expect(() => metrics.set('provident_relay_leading', {}, 1)).toThrow('no gauge of this process');
  });
});

it('a trouble counts until what it struck works again; one for good stays', () => {
  const lines = linesOf((log) => {
    const trouble = new Trouble(log, 'the relay');
    trouble.check();
    trouble.tell(new Error('away'), 100);
    expect(() => trouble.check()).toThrow('away');
    trouble.over();
    trouble.check();
    trouble.tell('for good', undefined);
    trouble.over();
    expect(() => trouble.check()).toThrow('for good');
  });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    ['warn', 'the relay tries again'],
    ['error', 'the relay cannot go on'],
  ]);
});
