import { type Long, messageType } from './messages.js';

/** Requests of the streams service as protobufjs decodes them. A `…Option` names which member of a oneof is set. */
export interface StreamIdentifier {
  readonly streamName: Buffer;
}
export interface Uuid {
  readonly value?: 'structured' | 'string';
  readonly string: string;
  readonly structured: { readonly mostSignificantBits: Long; readonly leastSignificantBits: Long };
}
export interface Position {
  readonly commitPosition: Long;
  readonly preparePosition: Long;
}
export interface Expression {
  readonly regex: string;
  readonly prefix: readonly string[];
}
export interface FilterOptions {
  readonly filter?: 'streamIdentifier' | 'eventType';
  readonly streamIdentifier: Expression;
  readonly eventType: Expression;
  readonly window?: 'max' | 'count';
  readonly max: number;
  readonly checkpointIntervalMultiplier: number;
}
export interface StreamOptions {
  readonly streamIdentifier: StreamIdentifier | null;
  readonly revisionOption?: 'revision' | 'start' | 'end';
  readonly revision: Long;
}
export interface AllOptions {
  readonly allOption?: 'position' | 'start' | 'end';
  readonly position: Position;
}
export interface ReadOptions {
  readonly streamOption?: 'stream' | 'all';
  readonly stream: StreamOptions;
  readonly all: AllOptions;
  readonly readDirection: number;
  readonly resolveLinks: boolean;
  readonly countOption?: 'count' | 'subscription';
  readonly count: Long;
  readonly filterOption?: 'filter' | 'noFilter';
  readonly filter: FilterOptions;
  readonly uuidOption: { readonly content?: 'structured' | 'string' } | null;
  readonly controlOption: { readonly compatibility: number } | null;
}
export interface ProposedMessage {
  readonly id: Uuid | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}
export interface AppendOptions {
  readonly streamIdentifier: StreamIdentifier | null;
  readonly expectedStreamRevision?: 'revision' | 'noStream' | 'any' | 'streamExists';
  readonly revision: Long;
}
export interface BatchOptions {
  readonly streamIdentifier: StreamIdentifier | null;
  readonly expectedStreamPosition?: 'streamPosition' | 'noStream' | 'any' | 'streamExists';
  readonly streamPosition: Long;
  readonly deadlineOption?: 'deadline_21_10_0' | 'deadline';
  readonly deadline_21_10_0: { readonly seconds: Long; readonly nanos: number };
  readonly deadline: { readonly seconds: Long; readonly nanos: number };
}
export interface BatchAppendRequest {
  readonly correlationId: Uuid | null;
  readonly options: BatchOptions | null;
  readonly proposedMessages: readonly ProposedMessage[];
  readonly isFinal: boolean;
}
export interface RecordedEvent {
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Buffer;
  readonly data: Buffer;
}

export const messages = {
  read: messageType<{ options: ReadOptions | null }>('streams.ReadReq'),
  readAnswer: messageType('streams.ReadResp'),
  append: messageType<{
    content?: 'options' | 'proposedMessage';
    options: AppendOptions;
    proposedMessage: ProposedMessage;
  }>('streams.AppendReq'),
  appendAnswer: messageType('streams.AppendResp'),
  batch: messageType<BatchAppendRequest>('streams.BatchAppendReq'),
  batchAnswer: messageType('streams.BatchAppendResp'),
  delete: messageType<{ options: AppendOptions | null }>('streams.DeleteReq'),
  deleteAnswer: messageType('streams.DeleteResp'),
  recordedEvent: messageType<RecordedEvent>('streams.RecordedEvent'),
  empty: messageType<object>('Empty'),
  supportedMethods: messageType('discovery.SupportedMethods'),
  clusterInfo: messageType('discovery.ClusterInfo'),
};
