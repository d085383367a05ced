import { type BusinessDate, dateInChina } from './business-date.js';

/** The business clock. Injected, never read directly: a replay, a test and a back-dated desk have clocks of their own. */
export interface Clock {
  now(): Date;
}

/** Injection token of the clock. */
export const CLOCK = Symbol('Clock');

export function today(clock: Clock): BusinessDate {
  return dateInChina(clock.now());
}
