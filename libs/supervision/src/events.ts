/** The events of supervision: each room keeps its own, and they stand together here. */
export * from './control/alerts/events.js';
