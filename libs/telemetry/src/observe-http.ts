import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Conversation, within } from './conversation.js';
import type { Telemetry } from './telemetry.js';
import { namesSomebody } from './redact.js';
import { traceIdOf } from './trace-ids.js';
import { newSpanId, nowMs } from './tracing.js';

/** What a caller may name a request by: printed into logs, so nothing but plain characters. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,100}$/;

interface Exchange {
  readonly conversation: Conversation;
  readonly startMs: number;
}

/**
 * Measures, logs and traces every request. The path may name a person, so what is told is the pattern of the route. The
 * answer carries `X-Request-Id` and, when it was a command, `X-Correlation-Id`.
 */
export function observeHttp(fastify: FastifyInstance, telemetry: Telemetry): void {
  const exchanges = new WeakMap<object, Exchange>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const given = request.headers['x-request-id'];
    exchanges.set(request.raw, {
      conversation: { requestId: requestIdOf(given), spanId: newSpanId() },
      startMs: nowMs(),
    });
    done();
  });
  // Behind the body's arrival, whose events belong to the connection and not to this request.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const exchange = exchanges.get(request.raw);
    if (exchange === undefined) done();
    else within(exchange.conversation, done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { requestId, correlationId } = exchanges.get(request.raw)?.conversation ?? {};
    if (requestId !== undefined) void reply.header('x-request-id', requestId);
    if (correlationId !== undefined) void reply.header('x-correlation-id', correlationId);
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const exchange = exchanges.get(request.raw);
    if (exchange !== undefined) tell(telemetry, exchange, request, reply);
    done();
  });
}

function requestIdOf(given: unknown): string {
  return typeof given === 'string' && REQUEST_ID.test(given) && !namesSomebody(given) ? given : randomUUID();
}

function tell(telemetry: Telemetry, exchange: Exchange, request: FastifyRequest, reply: FastifyReply): void {
  const { conversation, startMs } = exchange;
  const endMs = nowMs();
  const { method } = request;
  const route = request.routeOptions.url ?? 'unknown';
  const status = String(reply.statusCode);
  const labels = { method, route, status };
  telemetry.metrics.observe('provident_http_request_duration_seconds', labels, (endMs - startMs) / 1_000);
  const { requestId, correlationId, commandId } = conversation;
  const ids = { requestId, correlationId, commandId };
  telemetry.log.info({ ...ids, method, route, status, ms: Math.round(endMs - startMs) }, 'request');
  // A question belongs to no conversation: a trace of its own.
  const traceId = correlationId === undefined ? newSpanId() + newSpanId() : traceIdOf(correlationId);
  telemetry.tracing.record({
    name: `${method} ${route}`,
    kind: SpanKind.SERVER,
    ...{ traceId, spanId: conversation.spanId, startMs, endMs },
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': reply.statusCode,
      ...(linkedTrace(request) ?? {}),
    },
    failure: reply.statusCode >= 500 ? status : undefined,
  });
}

/** The caller's own trace is another one; its id is kept, to be found from there. */
function linkedTrace(request: FastifyRequest): { 'caller.trace_id': string } | undefined {
  const { traceparent } = request.headers;
  const found =
    typeof traceparent === 'string' ? /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent) : null;
  return found === null ? undefined : { 'caller.trace_id': found[1] as string };
}
