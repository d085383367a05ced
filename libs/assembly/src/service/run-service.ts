import { DomainError } from '@provident/kernel';
import { createLog, type Log, Telemetry } from '@provident/telemetry';
import type { ServiceConfig, ServiceName } from '../service-config.js';
import { type Service, ServiceFrame } from './service.js';

/** Longest time that a process takes to stop in order; an orchestrator usually gives it half a minute. */
const STOP_LIMIT_MS = 25_000;

/**
 * Runs a service as this process, until SIGTERM or SIGINT, or until the program that started it is gone. The exit code is
 * 0 after a stop in order, and 1 with the reason in the log when the service cannot run.
 */
export async function runService<Config extends ServiceConfig>(
  name: ServiceName,
  read: () => Config,
  make: (config: Config, telemetry: Telemetry) => Service,
): Promise<void> {
  let log = createLog(name, 'info');
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the program is at fault');
    process.exit(1);
  });
  try {
    const config = read();
    const { service, logLevel, tracesTo, tracesKept } = config;
    const telemetry = Telemetry.of({ service, logLevel, tracesTo, tracesKept });
    log = telemetry.log;
    logWarnings(log);
    const frame = await ServiceFrame.open(config, telemetry, make(config, telemetry));
    const stop = (why: string): void => {
      log.info(`stopping: ${why}`);
      limitStop(log);
      frame.stop().catch((error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exitCode = 1;
      });
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(signal));
    process.once('disconnect', () => stop('the program that started this one is gone'));
    // Listening for it must not keep the process running.
    process.channel?.unref();
    await frame.started.catch(async (error: unknown) => {
      limitStop(log);
      await frame.stop();
      throw error;
    });
  } catch (error) {
    if (error instanceof DomainError) {
      const { code, message, rule, remedy, details } = error;
      log.fatal({ code, rule, remedy, details }, message);
    } else log.fatal({ err: error }, 'the service cannot run');
    process.exitCode = 1;
  }
}

/** Ends a process that does not come to its end by itself. */
function limitStop(log: Log): void {
  setTimeout(() => {
    log.error(`not stopped within ${STOP_LIMIT_MS} ms`);
    process.exit(1);
  }, STOP_LIMIT_MS).unref();
}

/** Node's own warnings go the way of every line. The Kafka client's short timers, which Node warns of, are known. */
function logWarnings(log: Log): void {
  process.removeAllListeners('warning').on('warning', (warning) => {
    if (warning.name === 'TimeoutNegativeWarning') log.debug(warning.message);
    else log.warn({ err: warning }, 'a warning of Node');
  });
}
