import { type Long, messageType } from './messages.js';
import type { AllOptions, FilterOptions, StreamIdentifier, StreamOptions, Uuid } from './requests.js';

/** Requests of the persistent subscriptions service as protobufjs decodes them. */
export interface GroupOptions {
  readonly streamOption?: 'streamIdentifier' | 'all';
  readonly streamIdentifier: StreamIdentifier | null;
  readonly groupName: string;
}
export interface SettingsMessage {
  readonly resolveLinks: boolean;
  readonly revision: Long;
  readonly extraStatistics: boolean;
  readonly messageTimeout?: 'messageTimeoutTicks' | 'messageTimeoutMs';
  readonly messageTimeoutTicks: Long;
  readonly messageTimeoutMs: number;
  readonly maxRetryCount: number;
  readonly checkpointAfter?: 'checkpointAfterTicks' | 'checkpointAfterMs';
  readonly checkpointAfterTicks: Long;
  readonly checkpointAfterMs: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly namedConsumerStrategy: number;
  readonly consumerStrategy: string;
}
export interface CreateOptions {
  readonly streamOption?: 'stream' | 'all';
  readonly stream: StreamOptions;
  readonly all: AllOptions & { readonly filterOption?: 'filter' | 'noFilter'; readonly filter: FilterOptions };
  readonly streamIdentifier: StreamIdentifier | null;
  readonly groupName: string;
  readonly settings: SettingsMessage | null;
}
export interface PersistentReadRequest {
  readonly content?: 'options' | 'ack' | 'nack';
  readonly options: GroupOptions & {
    readonly bufferSize: number;
    readonly uuidOption: { readonly content?: 'structured' | 'string' } | null;
  };
  readonly ack: { readonly ids: readonly Uuid[] };
  readonly nack: { readonly ids: readonly Uuid[]; readonly action: number; readonly reason: string };
}
export interface ListOptions {
  readonly listOption?: 'listAllSubscriptions' | 'listForStream';
  readonly listForStream: { readonly streamOption?: 'stream' | 'all'; readonly stream: StreamIdentifier | null };
}
export interface ReplayOptions extends GroupOptions {
  readonly stopAtOption?: 'stopAt' | 'noLimit';
  readonly stopAt: Long;
}

const type = <Message>(name: string) => messageType<Message>(`persistent_subscriptions.${name}`);

export const persistentMessages = {
  read: type<PersistentReadRequest>('ReadReq'),
  readAnswer: type('ReadResp'),
  create: type<{ options: CreateOptions | null }>('CreateReq'),
  delete: type<{ options: GroupOptions | null }>('DeleteReq'),
  info: type<{ options: GroupOptions | null }>('GetInfoReq'),
  infoAnswer: type('GetInfoResp'),
  list: type<{ options: ListOptions | null }>('ListReq'),
  listAnswer: type('ListResp'),
  replay: type<{ options: ReplayOptions | null }>('ReplayParkedReq'),
};
