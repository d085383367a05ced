/**
 * A decider: the whole of an aggregate as three pure parts (Chassaing). Nothing here reads a clock, makes an id or does I/O.
 *
 * `decide` returns the events that the command causes; an empty list means "already so". It throws a `DomainError` when
 * the rules refuse.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => readonly Event[];
}

/** What happened: a type in the past tense, and its data. Amounts are decimal texts, months and dates are texts. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Readonly<Data>;
}

export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
