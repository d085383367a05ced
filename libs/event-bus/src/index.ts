export { KafkaBus, type KafkaBusOptions } from './kafka-bus.js';
export type { KafkaProjectorStatus, OnDeadLetter, OnTrouble, PartitionStatus, RelayStatus } from './status.js';
