import { messages } from '../protocol/requests.js';

/** Where clients reach this server. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const LEADER = 8;

/** `Gossip.Read`: a cluster of one, which leads. */
export function clusterOfOne(instanceId: string, endpoint: Endpoint, nowMs: number): Buffer {
  return messages.clusterInfo.encode({
    members: [
      {
        instanceId: { string: instanceId },
        // 100-nanosecond ticks.
        timeStamp: nowMs * 10_000,
        state: LEADER,
        isAlive: true,
        httpEndPoint: { address: endpoint.host, port: endpoint.port },
      },
    ],
  });
}
