import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { EventStore } from '../engine/event-store.js';
import { limits } from '../limits.js';
import type { Consumer } from '../persistent/consumer.js';
import type { Group, NackAction } from '../persistent/group.js';
import { type GroupKey, sourceName } from '../persistent/group-key.js';
import type { Groups } from '../persistent/groups.js';
import type { Message } from '../persistent/message.js';
import { encodeDelivery, recordOf, withStructuredId } from '../protocol/event-frame.js';
import { MalformedMessage } from '../protocol/messages.js';
import { type PersistentReadRequest, persistentMessages } from '../protocol/persistent-requests.js';
import { groupDropped, invalidArgument } from './service-error.js';
import { uuidText } from '../protocol/uuid.js';
import type { OpenCalls } from './open-calls.js';
import { groupKeyOf } from './persistent-key.js';
import { ResponseStream } from './response-stream.js';
import { watchAccess } from './watch-access.js';

export type PersistentReadCall = ServerDuplexStream<PersistentReadRequest, Buffer>;

const nackActions: readonly NackAction[] = ['retry', 'park', 'retry', 'skip', 'stop'];

/** `PersistentSubscriptions.Read`: a consumer joins a group, takes messages and answers each by its id. */
export function persistentReadHandler(
  store: EventStore,
  groups: Groups,
  calls: OpenCalls,
  access: Access,
): (call: PersistentReadCall) => void {
  return (call) => {
    const response = new ResponseStream(call, calls);
    let joined: { group: Group; consumer: Consumer } | undefined;
    call.on('data', (request: PersistentReadRequest | MalformedMessage) => {
      if (response.isClosed) return;
      try {
        if (request instanceof MalformedMessage) throw request;
        if (request.content === 'options') joined ??= join(store, groups, access, call, response, request);
        else if (joined) answer(joined.group, joined.consumer, request);
        else throw invalidArgument('A persistent subscription must be named before messages are answered.');
      } catch (error) {
        response.fail(error);
      }
    });
    call.on('error', () => undefined);
    call.on('end', () => response.end());
    response.onClose(() => joined?.group.disconnect(joined.consumer));
  };
}

function join(
  store: EventStore,
  groups: Groups,
  access: Access,
  call: PersistentReadCall,
  response: ResponseStream,
  { options }: PersistentReadRequest,
): { group: Group; consumer: Consumer } {
  const key = groupKeyOf(options);
  const authorize = (): void => {
    if (key.stream === undefined) access.toAll(call.metadata);
    else access.toStream(call.metadata, 'read', key.stream);
  };
  authorize();
  if (options.bufferSize < 1 || options.bufferSize > limits.consumerMessages) {
    throw invalidArgument(`A consumer may take 1 to ${limits.consumerMessages} messages at a time.`);
  }
  const isStructured = options.uuidOption?.content === 'structured';
  const joined = groups.connect(key, {
    peer: call.getPeer(),
    username: access.nameOf(call.metadata),
    connectionName: String(call.metadata.get('connection-name')[0] ?? ''),
    bufferSize: options.bufferSize,
    deliver: (message) => response.send(encodeMessage(store, message, isStructured)),
    drop: () => response.fail(groupDropped(key)),
  });
  watchAccess(store, sourceName(key), response, authorize);
  response.send(confirmation(key));
  return joined;
}

const confirmation = (key: GroupKey): Buffer =>
  persistentMessages.readAnswer.encode({
    subscriptionConfirmation: { subscriptionId: `${key.stream ?? '$all'}::${key.group}::${randomUUID()}` },
  });

function answer(group: Group, consumer: Consumer, request: PersistentReadRequest): void {
  const idsOf = (ids: PersistentReadRequest['ack']['ids']): string[] => ids.flatMap((id) => uuidText(id) ?? []);
  if (request.content === 'ack') {
    group.acknowledge(consumer, idsOf(request.ack.ids));
    return;
  }
  const { ids, action, reason } = request.nack;
  group.refuse(consumer, idsOf(ids), nackActions[action] ?? 'retry', reason);
}

function encodeMessage(store: EventStore, message: Message, isStructured: boolean): Buffer {
  const record = (frame: Buffer): Buffer => (isStructured ? withStructuredId(recordOf(frame)) : recordOf(frame));
  const { event, followsLink, retryCount } = message;
  const { isLink, target } = followsLink ? store.links.resolve(event) : { isLink: false, target: undefined };
  const parts = isLink
    ? { link: record(event.frame), ...(target ? { event: record(target.frame) } : {}) }
    : { event: record(event.frame) };
  return encodeDelivery({ ...parts, position: event.position, retryCount });
}
