import { type Address, addressOf } from './address.js';
import { explainBalance, explainPostings } from './explain-balance.js';
import { explainEvent } from './explain-event.js';
import { explainFacts, explainIndicator } from './explain-indicator.js';
import { explainParameter } from './explain-parameter.js';
import { explainStatement } from './explain-statement.js';
import { explainVoucher } from './explain-voucher.js';
import type { Explanation, Page } from './explanation.js';
import type { Surroundings } from './surroundings.js';

/** Explains any figure of the ledger, one step at a time: what it is made of, by which rule, and who was at it. */
export class ExplainDesk {
  constructor(private readonly around: Surroundings) {}

  /** Throws `address-malformed`, and what says that there is no such figure. */
  async explain(figure: string, page: Page): Promise<Explanation> {
    return this.explainAddress(addressOf(figure), page);
  }

  explainAddress(address: Address, page: Page): Promise<Explanation> {
    const { around } = this;
    switch (address.kind) {
      case 'balance':
        return explainBalance(around.db, address, page);
      case 'postings':
        return explainPostings(around.db, address, page);
      case 'voucher':
        return explainVoucher(around.db, address.position, page);
      case 'event':
        return explainEvent(around, address.event, page);
      case 'parameter':
        return explainParameter(around, address, page);
      case 'statement':
        return explainStatement(around, address, page);
      case 'indicator':
        return explainIndicator(around.db, address, page);
      case 'facts':
        return explainFacts(around.db, address, page);
    }
  }
}
