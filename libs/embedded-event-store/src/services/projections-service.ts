import {
  type ServerWritableStream,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import type { ProjectionStatus, Projector } from '../projections/projector.js';
import { messageType } from '../protocol/messages.js';
import { ServiceError } from './service-error.js';
import { serviceMethod } from '../protocol/service-method.js';
import { unary } from './unary.js';

interface NameRequest {
  readonly options: { readonly name: string } | null;
}
interface StatisticsRequest {
  readonly options: {
    readonly mode?: 'name' | 'all' | 'transient' | 'continuous' | 'oneTime';
    readonly name: string;
  } | null;
}

const service = 'projections.Projections';
const nameRequest = messageType<NameRequest>('projections.NameReq');
const statisticsRequest = messageType<StatisticsRequest>('projections.StatisticsReq');
const statisticsAnswer = messageType('projections.StatisticsResp');

/** Only what system projections need: projections written in JavaScript are not offered. */
export const projectionsDefinition: ServiceDefinition = {
  enable: serviceMethod(service, 'Enable', nameRequest),
  disable: serviceMethod(service, 'Disable', nameRequest),
  statistics: serviceMethod(service, 'Statistics', statisticsRequest, { response: true }),
};

export function projectionsHandlers(
  store: EventStore,
  projector: Projector,
  access: Access,
): UntypedServiceImplementation {
  const set = (isRunning: boolean) =>
    unary(
      (caller) => access.toOperations(caller),
      async ({ options }: NameRequest) => {
        const name = options?.name ?? '';
        if (!(await projector.setRunning(name, isRunning))) throw notFound(name);
      },
    );
  return {
    enable: set(true),
    disable: set(false),
    statistics: (call: ServerWritableStream<StatisticsRequest, Buffer>) => {
      for (const chosen of selected(projector, call.request)) {
        call.write(statisticsAnswer.encode({ details: details(chosen, store.end()) }));
      }
      call.end();
    },
  };
}

const notFound = (name: string): ServiceError => new ServiceError(status.NOT_FOUND, `Projection '${name}' not found.`);

/** The system projections are continuous, so a question for another mode has an empty answer. */
function selected(projector: Projector, { options }: StatisticsRequest): ProjectionStatus[] {
  const all = projector.status();
  if (options?.mode === 'name') return all.filter(({ name }) => name === options.name);
  return options?.mode === 'all' || options?.mode === 'continuous' ? all : [];
}

function details({ name, isRunning, isFaulted, position }: ProjectionStatus, end: number): object {
  return {
    name,
    effectiveName: name,
    mode: 'Continuous',
    status: isFaulted ? 'Faulted' : isRunning ? 'Running' : 'Stopped',
    position: `C:${position}/P:${position}`,
    lastCheckpoint: `C:${position}/P:${position}`,
    progress: end === 0 ? 100 : Math.min(100, (100 * (position + 1)) / end),
    version: 1,
    epoch: -1,
  };
}
