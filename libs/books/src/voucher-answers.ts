import { ApiProperty } from '@nestjs/swagger';
import { invariant } from '@provident/kernel';
import { Amount, Named, Text, namedAccount, namedDetail, yuan } from './answer-fields.js';
import { accountOf } from './chart-of-accounts.js';
import type { BookQueries } from './queries.js';

type Lines = Awaited<ReturnType<BookQueries['lines']>>;
type VoucherFound = Awaited<ReturnType<BookQueries['voucher']>>;

class LineAnswer {
  @Text('voucher number: the log position of its event')
  voucher: string;
  @ApiProperty({ type: Number, description: 'which of its lines, from 0' })
  line: number;
  @Text('day it counts for', '2026-02-10')
  effectiveDate: string;
  @ApiProperty({ type: Named })
  detail: Named;
  @Amount()
  debit: string;
  @Amount()
  credit: string;
  @Text('journal templates', 'JT01+JT34')
  templates: string;
  @Text('event', 'ContributionReceived')
  eventType: string;
  @Text('event id')
  eventId: string;
  @Text('stream of the event')
  stream: string;
  @ApiProperty({ type: String, nullable: true, description: 'the employer or person concerned' })
  party: string | null;
}

export class LinesAnswer {
  @ApiProperty({ type: [LineAnswer] })
  lines: LineAnswer[];
  @ApiProperty({ type: String, nullable: true, description: 'ask for what comes `after` this; null at the end' })
  next: string | null;

  static of(lines: Lines, limit: number): LinesAnswer {
    const last = lines.length < limit ? undefined : lines.at(-1);
    return {
      lines: lines.map((line) => ({
        ...{ voucher: line.position.toString(), line: line.line },
        ...{ effectiveDate: line.effective_date, detail: namedDetail(line.detail) },
        ...{ debit: yuan(line.debit_fen), credit: yuan(line.credit_fen), templates: line.templates },
        ...{ eventType: line.event_type, eventId: line.event_id, stream: line.stream, party: line.party },
      })),
      next: last === undefined ? null : `${last.position}.${last.line}`,
    };
  }
}

export class LineTotalsAnswer {
  @ApiProperty({ type: Named })
  account: Named;
  @ApiProperty({ type: String, description: 'voucher lines' })
  lines: string;
  @Amount()
  debit: string;
  @Amount()
  credit: string;
  @ApiProperty({
    ...{ type: String, example: '4711' },
    description: 'log position that these totals are known at; lines asked for as known at it come to them',
  })
  knownAt: string;

  static of(
    { account, lines, debit, credit }: Awaited<ReturnType<BookQueries['lineTotals']>>,
    knownAt: bigint,
  ): LineTotalsAnswer {
    return {
      ...{ account: namedAccount(account), lines: lines.toString(), knownAt: knownAt.toString() },
      ...{ debit: debit.toString(), credit: credit.toString() },
    };
  }
}

class VoucherLineAnswer {
  @ApiProperty({ type: Named })
  account: Named;
  @ApiProperty({ type: Named })
  detail: Named;
  @Amount()
  debit: string;
  @Amount()
  credit: string;
}

export class VoucherAnswer {
  @Text('voucher number: the log position of its event')
  voucher: string;
  @Text('fund', 'employee-pension')
  fund: string;
  @Text('journal templates', 'JT01+JT34')
  templates: string;
  @Text('day it counts for', '2026-02-10')
  effectiveDate: string;
  @Text('when the log took the event')
  recordedAt: string;
  @Text('event', 'ContributionReceived')
  eventType: string;
  @Text('event id')
  eventId: string;
  @Text('stream of the event')
  stream: string;
  @ApiProperty({ type: String, nullable: true, description: 'the employer or person concerned' })
  party: string | null;
  @Text('who entered it')
  enteredBy: string;
  @ApiProperty({ type: String, nullable: true, description: 'who reviewed it' })
  reviewedBy: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'who approved it' })
  approvedBy: string | null;
  @ApiProperty({ type: [VoucherLineAnswer] })
  lines: VoucherLineAnswer[];

  static of(found: VoucherFound): VoucherAnswer {
    return {
      ...{ voucher: found.position.toString(), fund: found.fund, templates: found.templates },
      ...{ effectiveDate: found.effective_date, recordedAt: found.recorded_at.toISOString() },
      ...{ eventType: found.event_type, eventId: found.event_id, stream: found.stream },
      party: found.party,
      ...{ enteredBy: found.entered_by, reviewedBy: found.reviewed_by, approvedBy: found.approved_by },
      lines: found.lines.map((line) => {
        const account = accountOf(line.account);
        invariant(
          account !== undefined,
          `Voucher ${found.position} has a line on ${line.account}, which is no account.`,
        );
        return {
          ...{ account: namedAccount(account), detail: namedDetail(line.detail) },
          ...{ debit: yuan(line.debit_fen), credit: yuan(line.credit_fen) },
        };
      }),
    };
  }
}
