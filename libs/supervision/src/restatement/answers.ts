import { ApiProperty } from '@nestjs/swagger';
import type { Cause, RestatementReport } from './restatement.js';

const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });

class CauseAnswer {
  @Text('log position', '12345')
  position: string;
  @ApiProperty({ type: String, format: 'uuid' })
  eventId: string;
  @Text('event', 'ContributionCreditReversed')
  type: string;
  @Text('stream of the event')
  stream: string;
  @Text('day it counts for', '2025-08-01')
  effectiveDate: string;
  @Text('when the log took it')
  recordedAt: string;
  @Text('who entered it', 'clerk:li.wei')
  enteredBy: string;
  @ApiProperty({ type: String, nullable: true })
  reviewedBy: string | null;
  @ApiProperty({ type: String, nullable: true })
  approvedBy: string | null;
}

class CausedAnswer {
  @ApiProperty({ type: Number, description: 'events that bear on the difference' })
  events: number;
  @ApiProperty({ type: [CauseAnswer], description: 'the first of them in the order of the log' })
  causes: CauseAnswer[];
}

class BookRestatementAnswer extends CausedAnswer {
  @Text('fund', 'employee-pension')
  fund: string;
  @Text('account', '4001')
  account: string;
  @Text('detail (明细)', 'employer.current')
  detail: string;
  @Text('month that it counts for', '2025-07')
  month: string;
  @Text('debit less credit as known before, yuan', '-2400.00')
  before: string;
  @Text('as known after', '-2500.00')
  after: string;
  @Text('after less before', '-100.00')
  difference: string;
}

class FigureRestatementAnswer extends CausedAnswer {
  @Text('month', '2025-07')
  month: string;
  @Text('indicator', 'received')
  indicator: string;
  @Text('a scheme, all, or a fund', 'pension')
  of: string;
  @ApiProperty({ type: String, nullable: true })
  before: string | null;
  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

export class RestatementAnswer {
  @Text('log position of the earlier knowledge')
  before: string;
  @Text('log position of the later knowledge')
  after: string;
  @Text('the last day that was counted on both sides', '2025-12-31')
  asOf: string;
  @ApiProperty({ type: [BookRestatementAnswer], description: 'accounts and months that differ' })
  books: BookRestatementAnswer[];
  @ApiProperty({ type: [FigureRestatementAnswer], description: 'indicators that differ' })
  figures: FigureRestatementAnswer[];

  static of({ before, after, asOf, books, figures }: RestatementReport): RestatementAnswer {
    return {
      ...{ before: before.toString(), after: after.toString(), asOf },
      books: books.map((each) => ({
        ...{ ...each, before: each.before.toString(), after: each.after.toString() },
        ...{ difference: each.difference.toString(), ...caused(each.events, each.causes) },
      })),
      figures: figures.map((each) => ({ ...each, ...caused(each.events, each.causes) })),
    };
  }
}

function caused(events: bigint, causes: readonly Cause[]): CausedAnswer {
  return { events: Number(events), causes: [...causes] };
}
