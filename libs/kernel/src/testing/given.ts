import { type Decider, type DomainEvent, fold } from '../decider.js';
import { DomainError } from '../domain-error.js';

/** Tests of a decider read as: given these events, when this command, then those events (or that refusal). */
export function given<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  ...events: readonly Event[]
): { when: (command: Command) => Outcome<Event> } {
  return {
    when(command) {
      try {
        return new Outcome<Event>(decider.decide(command, fold(decider, events)), undefined);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return new Outcome<Event>([], error);
      }
    },
  };
}

class Outcome<Event extends DomainEvent> {
  constructor(
    readonly events: readonly Event[],
    readonly refusal: DomainError | undefined,
  ) {}

  /** The events, in full. */
  then(...events: readonly Event[]): void {
    expect(this.refusal).toBeUndefined();
    expect(this.events).toEqual(events);
  }

  /** The event types only. */
  thenTypes(...types: readonly Event['type'][]): void {
    expect(this.refusal).toBeUndefined();
    expect(this.events.map((event) => event.type)).toEqual(types);
  }

  /** "Already so". */
  thenNothing(): void {
    this.then();
  }

  thenRefused(code: string): void {
    expect(this.refusal?.code).toBe(code);
  }
}
