import type { Long } from './messages.js';
import type { Uuid } from './requests.js';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id as 36 lower-case characters, or undefined when the message holds none that is well formed. */
export function uuidText(id: Uuid | null | undefined): string | undefined {
  if (id?.value === 'string') {
    const text = id.string.toLowerCase();
    return pattern.test(text) ? text : undefined;
  }
  if (id?.value !== 'structured') return undefined;
  const hex = hex64(id.structured.mostSignificantBits) + hex64(id.structured.leastSignificantBits);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const hex64 = (value: Long): string => hex32(value.high) + hex32(value.low);
const hex32 = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
