import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import { GroupError } from '../persistent/group-error.js';
import { groupInfo } from '../persistent/group-info.js';
import type { Groups } from '../persistent/groups.js';
import { toNumber } from '../protocol/messages.js';
import {
  type CreateOptions,
  type ListOptions,
  persistentMessages,
  type ReplayOptions,
} from '../protocol/persistent-requests.js';
import { messages } from '../protocol/requests.js';
import { invalidArgument } from './service-error.js';
import { serviceMethod } from '../protocol/service-method.js';
import type { OpenCalls } from './open-calls.js';
import { groupKeyOf } from './persistent-key.js';
import { persistentReadHandler } from './persistent-read.js';
import { groupSettings, keyOfCreate } from './persistent-settings.js';
import { streamNameOf } from './stream-name.js';
import { unary } from './unary.js';

const service = 'persistent_subscriptions.PersistentSubscriptions';

export const persistentDefinition: ServiceDefinition = {
  create: serviceMethod(service, 'Create', persistentMessages.create),
  update: serviceMethod(service, 'Update', persistentMessages.create),
  delete: serviceMethod(service, 'Delete', persistentMessages.delete),
  read: serviceMethod(service, 'Read', persistentMessages.read, { request: true, response: true }),
  getInfo: serviceMethod(service, 'GetInfo', persistentMessages.info),
  replayParked: serviceMethod(service, 'ReplayParked', persistentMessages.replay),
  list: serviceMethod(service, 'List', persistentMessages.list),
  restartSubsystem: serviceMethod(service, 'RestartSubsystem', messages.empty),
};

export function persistentHandlers(
  store: EventStore,
  groups: Groups,
  calls: OpenCalls,
  access: Access,
): UntypedServiceImplementation {
  const operate = <Request>(run: (request: Request) => unknown) => unary((caller) => access.toOperations(caller), run);
  return {
    create: operate(async ({ options }: { options: CreateOptions | null }) => {
      const [key, settings] = parseCreate(options);
      await groups.create(key, settings);
    }),
    update: operate(async ({ options }: { options: CreateOptions | null }) => {
      const [key, settings] = parseCreate(options);
      await groups.update(key, settings);
    }),
    delete: operate(({ options }: ReturnType<typeof persistentMessages.delete.decode>) =>
      groups.delete(groupKeyOf(options)),
    ),
    read: persistentReadHandler(store, groups, calls, access),
    getInfo: operate(({ options }: ReturnType<typeof persistentMessages.info.decode>) => {
      const subscriptionInfo = groupInfo(groups.get(groupKeyOf(options)), store.clock());
      return persistentMessages.infoAnswer.encode({ subscriptionInfo });
    }),
    replayParked: operate(({ options }: { options: ReplayOptions | null }) => {
      groups.get(groupKeyOf(options)).replayParked(stopAt(options));
    }),
    list: operate(({ options }: { options: ListOptions | null }) => {
      const chosen = listed(groups, options).map((group) => groupInfo(group, store.clock()));
      return persistentMessages.listAnswer.encode({ subscriptions: chosen });
    }),
    restartSubsystem: operate(() => groups.restart()),
  };
}

function parseCreate(options: CreateOptions | null) {
  if (!options) throw invalidArgument('The request must have options.');
  const key = keyOfCreate(options);
  return [key, groupSettings(key, options)] as const;
}

function stopAt(options: ReplayOptions | null): number | undefined {
  return options?.stopAtOption === 'stopAt' ? toNumber(options.stopAt) : undefined;
}

/** The groups of a stream must be some; a list of everything may be empty. */
function listed(groups: Groups, options: ListOptions | null) {
  const all = groups.list();
  if (options?.listOption !== 'listForStream') return all;
  const { streamOption, stream: identifier } = options.listForStream;
  const stream = streamOption === 'all' ? undefined : streamNameOf(identifier);
  const chosen = all.filter((group) => group.config.stream === stream);
  if (chosen.length === 0) throw new GroupError('missing', { stream, group: '' });
  return chosen;
}
