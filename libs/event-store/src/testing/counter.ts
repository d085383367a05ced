import { DomainError, type DomainEvent } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import type { Aggregate } from '../aggregate.js';

/** A stream that adds up to a limit, for tests of what carries any aggregate. */
export type CounterEvent =
  | DomainEvent<'Added', { amount: number }>
  | DomainEvent<'Emptied', Record<string, never>>
  | DomainEvent<'Closed', { total: number }>;

export type CounterCommand = { add: number } | { empty: true } | { close: true };

export interface CounterState {
  readonly total: number;
  /** How many events were folded. */
  readonly seen: number;
}

export const COUNTER_LIMIT = 100;

export const counter: Aggregate<CounterState, CounterCommand, CounterEvent> = {
  category: 'counter',
  schemas: {
    Added: Type.Object({ amount: Type.Integer() }),
    Emptied: Type.Object({}),
    Closed: Type.Object({ total: Type.Integer() }),
  },
  initial: { total: 0, seen: 0 },
  evolve: (state, event) => {
    const seen = state.seen + 1;
    if (event.type === 'Added') return { total: state.total + event.data.amount, seen };
    return { total: event.type === 'Closed' ? event.data.total : 0, seen };
  },
  decide: (command, state) => {
    if ('empty' in command) return state.total === 0 ? [] : [{ type: 'Emptied', data: {} }];
    if ('close' in command) return [{ type: 'Closed', data: { total: state.total } }];
    if (state.total + command.add > COUNTER_LIMIT) {
      throw new DomainError('counter.full', 'The counter is full.', 'test', 'Empty it.');
    }
    return [{ type: 'Added', data: { amount: command.add } }];
  },
};

/** The same stream with a closing that carries all of its state. */
export const closingCounter = { ...counter, closing: 'Closed' } as const;
