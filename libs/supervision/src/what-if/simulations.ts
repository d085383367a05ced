import { EventStore, LogReader, type StreamView } from '@provident/event-store';
import { DomainError } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import { type InsuredEvent, insuredEventSchemas } from '@provident/registry/events';
import { LIMITS } from '../limits.js';
import type { SimulationReport } from './report.js';
import { simulate, type SimulationQuestion } from './simulate.js';

/** The register's stream of a person, for age and sex. */
const numberView: StreamView<string | undefined, InsuredEvent> = {
  category: 'insured',
  schemas: insuredEventSchemas,
  initial: undefined,
  evolve: (state, { type, data }) => (type === 'PersonRegistered' ? data.citizenNumber : state),
};

export interface SimulationsOptions {
  readonly log: LogReader;
  readonly store: EventStore;
  /** The law as it stands at the moment of asking. */
  readonly book: () => PolicyBook;
  readonly area: string;
}

/** Tries proposed parameters on the history of this ledger. One simulation at a time: each reads the whole log. */
export class Simulations {
  private underWay = false;

  constructor(private readonly options: SimulationsOptions) {}

  /** Throws `overlay`'s faults, `simulation-too-large`, and `simulation-under-way`. */
  async run(
    question: Omit<SimulationQuestion, 'mostEvents'> & { readonly mostEvents?: number },
    onProgress?: (events: number) => void,
  ): Promise<SimulationReport> {
    if (this.underWay) throw underWay();
    this.underWay = true;
    try {
      const { log, store, book, area } = this.options;
      const citizenNumberOf = async (personId: string) => (await store.load(numberView, personId)).state;
      const sources = { log, book: book(), area, citizenNumberOf, ...(onProgress === undefined ? {} : { onProgress }) };
      return await simulate(sources, { mostEvents: Number.MAX_SAFE_INTEGER, ...question });
    } finally {
      this.underWay = false;
    }
  }
}

/** The bound of a simulation that somebody waits for. */
export const OVER_HTTP = { mostEvents: LIMITS.simulatedEventsOverHttp } as const;

function underWay(): DomainError {
  return new DomainError(
    'simulation-under-way',
    'Another simulation is under way.',
    'A simulation reads the whole log; one runs at a time.',
    'Ask again when it is done.',
  );
}
