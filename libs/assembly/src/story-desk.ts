import type { BusinessDate, Fund, Month } from '@provident/kernel';

/** When a step counts, and its identity: the same key is the same request, and is carried out once. */
export interface StoryRequest {
  readonly on: BusinessDate;
  readonly key: string;
}

export interface IdentifiedReceipt {
  readonly fund: Fund;
  readonly bankReference: string;
  readonly employer: string;
  readonly reason: string;
}

export interface CorrectedCredit {
  readonly wrongPersonId: string;
  readonly rightPersonId: string;
  readonly month: Month;
  readonly reason: string;
}

/** The desk at which a story is told: in this process, or over HTTP. Files are paths. A file with a fault is refused. */
export interface StoryDesk {
  /** The id of the person with that citizen number. */
  personIdOf(citizenNumber: string): Promise<string>;
  importEmployers(path: string, request: StoryRequest): Promise<void>;
  importPeople(path: string, request: StoryRequest): Promise<void>;
  declare(employer: string, month: Month, path: string, request: StoryRequest): Promise<void>;
  importReceipts(path: string, request: StoryRequest): Promise<void>;
  identifyReceipt(receipt: IdentifiedReceipt, request: StoryRequest): Promise<void>;
  correctCredit(credit: CorrectedCredit, request: StoryRequest): Promise<void>;
  closeYear(year: number, request: StoryRequest): Promise<void>;
  /** Waits until everything that was set off has been carried out. */
  reactionsIdle(): Promise<void>;
  /** The same, and until the read side shows it. */
  settled(): Promise<void>;
}
