const UUID_DIGITS = /^[0-9a-f]{32}$/;

/**
 * The trace context (W3C Trace Context, version 00) that an event stands for: the trace is its business conversation, the
 * span is the event. `undefined` where either is no UUID, as in other programs' events.
 */
export function traceparentOf(correlationId: unknown, eventId: string): string | undefined {
  if (typeof correlationId !== 'string') return undefined;
  const trace = correlationId.replaceAll('-', '').toLowerCase();
  const id = eventId.replaceAll('-', '').toLowerCase();
  const span = id.slice(0, 16);
  if (!UUID_DIGITS.test(trace) || !UUID_DIGITS.test(id) || /^0+$/.test(trace) || /^0+$/.test(span)) return undefined;
  return `00-${trace}-${span}-01`;
}
