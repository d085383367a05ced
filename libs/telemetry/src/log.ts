import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { conversation } from './conversation.js';
import { errorFields, redact } from './redact.js';

export type Log = Logger;

/** JSON lines on the standard output, each with the ids of the conversation that it belongs to. */
export function createLog(service: string, level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorFields },
    mixin: idsOfConversation,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function idsOfConversation(): object {
  const { requestId, correlationId, commandId } = conversation() ?? {};
  return { requestId, correlationId, commandId };
}

/** What Nest and our own libraries log goes the same way. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  /** Nest's own account of its routes and modules. */
  log(message: unknown, context?: string): void {
    this.target.debug({ context }, text(message));
  }

  warn(message: unknown, context?: string): void {
    this.target.warn({ context }, text(message));
  }

  debug(message: unknown, context?: string): void {
    this.target.debug({ context }, text(message));
  }

  verbose(message: unknown, context?: string): void {
    this.target.trace({ context }, text(message));
  }

  /** Called with a stack and a context, with either, or with neither. */
  error(message: unknown, ...rest: readonly unknown[]): void {
    const texts = rest.filter((each) => typeof each === 'string');
    const stack = texts.find((each) => each.includes('\n'));
    const context = texts.find((each) => each !== stack);
    this.target.error({ context, ...(stack === undefined ? {} : { stack: redact(stack) }) }, text(message));
  }
}

function text(message: unknown): string {
  if (message instanceof Error) return redact(message.stack ?? message.message);
  return redact(typeof message === 'string' ? message : JSON.stringify(message));
}
