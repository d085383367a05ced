export { DeadLetters, type DeadLettersOptions, type RepairReason } from './dead-letters.js';
export { KafkaBus, type KafkaBusOptions } from './kafka-bus.js';
export { KafkaLog } from './kafka-log.js';
export { KafkaProjector, type KafkaProjectorOptions } from './kafka-projector.js';
export { Relay, type RelayOptions } from './relay.js';
export type { KafkaProjectorStatus, OnDeadLetter, OnTrouble, PartitionStatus, RelayStatus } from './status.js';
