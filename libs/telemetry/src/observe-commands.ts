import type { CommandBus } from '@nestjs/cqrs';
import { SpanKind } from '@opentelemetry/api';
import { type CommandContext, DomainError } from '@provident/kernel';
import { conversation } from './conversation.js';
import type { Telemetry } from './telemetry.js';
import { spanIdOf, traceIdOf } from './trace-ids.js';
import { nowMs } from './tracing.js';

type Execute = (command: object) => Promise<unknown>;

/** Measures, logs and traces every command that goes over the bus. */
export function observeCommands(bus: CommandBus, telemetry: Telemetry): void {
  const observed = bus as unknown as { execute: Execute };
  const execute = observed.execute.bind(bus);
  observed.execute = async (command) => {
    const startMs = nowMs();
    try {
      const result = await execute(command);
      tell(telemetry, command, startMs, 'accepted', undefined);
      return result;
    } catch (error) {
      tell(telemetry, command, startMs, error instanceof DomainError ? 'refused' : 'failed', error);
      throw error;
    }
  };
}

function tell(telemetry: Telemetry, command: object, startMs: number, outcome: string, error: unknown): void {
  const { log, metrics, tracing } = telemetry;
  const name = command.constructor.name;
  const endMs = nowMs();
  metrics.observe('provident_command_duration_seconds', { command: name, outcome }, (endMs - startMs) / 1_000);
  const code = error instanceof DomainError ? error.code : error instanceof Error ? error.name : undefined;
  if (error instanceof DomainError)
    metrics.add('provident_command_refusals_total', { command: name, code: error.code });
  log.info({ command: name, outcome, code, ms: Math.round(endMs - startMs) }, 'command');
  const { context } = command as { readonly context?: CommandContext };
  if (context === undefined) return;
  tracing.record({
    name: `command ${name}`,
    kind: SpanKind.INTERNAL,
    traceId: traceIdOf(context.correlationId),
    spanId: spanIdOf(context.commandId),
    parentSpanId: conversation()?.spanId,
    ...{ startMs, endMs, attributes: { 'command.outcome': outcome }, failure: code },
  });
}
