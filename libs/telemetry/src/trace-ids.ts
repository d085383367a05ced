/*
 * Nothing is stored in the log for tracing. The trace of an event is its conversation: the trace id is the correlation id.
 * Every command and event has a span whose id begins its own, so that whoever sees an event knows its span and its
 * parent's (what caused it), in any process and after any restart.
 */

/** The trace of a conversation: its UUID without dashes. */
export function traceIdOf(correlationId: string): string {
  return correlationId.replaceAll('-', '');
}

/** The span of a command or an event: the first 16 hexadecimal digits of its UUID. */
export function spanIdOf(id: string): string {
  return id.replaceAll('-', '').slice(0, 16);
}
