import type { sendUnaryData, ServerUnaryCall, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { messages } from '../protocol/requests.js';
import { serviceMethod } from '../protocol/service-method.js';

export const serverFeaturesDefinition: ServiceDefinition = {
  getSupportedMethods: serviceMethod('server_features.ServerFeatures', 'GetSupportedMethods', messages.empty),
};

export const gossipDefinition: ServiceDefinition = {
  read: serviceMethod('gossip.Gossip', 'Read', messages.empty),
};

type Answer = (call: ServerUnaryCall<object, Buffer>, callback: sendUnaryData<Buffer>) => void;

/** A method whose answer needs nothing from the request. */
function always(answer: () => Buffer): Answer {
  return (_call, callback) => callback(null, answer());
}

export const serverFeaturesHandlers = (answer: () => Buffer): UntypedServiceImplementation => ({
  getSupportedMethods: always(answer),
});

export const gossipHandlers = (answer: () => Buffer): UntypedServiceImplementation => ({ read: always(answer) });
