export { DeadLetters, type DeadLettersOptions, type RepairReason } from './dead-letters.js';
export { KafkaBus, type KafkaBusOptions } from './kafka-bus.js';
export { KafkaProjector, type KafkaProjectorOptions } from './kafka-projector.js';
export { Relay, type RelayOptions } from './relay.js';
export type { KafkaProjectorStatus, OnDeadLetter, OnTrouble, PartitionStatus, RelayStatus } from './status.js';
