import { Partitioners } from 'kafkajs';
import { LIMITS } from './limits.js';

/**
 * Kafka's own choice of a partition by key (murmur2), so that other programs' clients find a stream in the same one. The
 * choice takes some microseconds and depends on the key alone: it is remembered for the streams that come again.
 */
export function partitionerOf(partitions: number): (stream: string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    ...{ partitionId, partitionErrorCode: 0, leader: 0, replicas: [], isr: [] },
  }));
  const known = new Map<string, number>();
  return (stream) => {
    let partition = known.get(stream);
    if (partition === undefined) {
      partition = choose({ topic: '', partitionMetadata, message: { key: stream, value: null } });
      if (known.size >= LIMITS.rememberedStreams) known.clear();
      known.set(stream, partition);
    }
    return partition;
  };
}
