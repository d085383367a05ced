import { ApiProperty } from '@nestjs/swagger';
import { Amount, Text } from './answer-fields.js';
import type { ControlTotals } from './control-totals.js';
import type { Verification } from './verify.js';

class MonthDifferenceAnswer {
  @Text('employer (统一社会信用代码)')
  employer: string;
  @Text('contribution month', '2026-01')
  month: string;
  @Amount("employees' pension money received")
  received: string;
  @Amount('credited to people')
  credited: string;
  @Amount('received less credited')
  difference: string;
  @ApiProperty({ type: Boolean, description: 'a credit of the month was corrected' })
  corrected: boolean;
}

export class ControlTotalsAnswer {
  @Amount('sum of all personal accounts')
  personalAccounts: string;
  @Amount('control account B002')
  controlAccount: string;
  @ApiProperty({
    type: [MonthDifferenceAnswer],
    nullable: true,
    description: 'settled months that differ as they stand now; null where another time is asked for',
  })
  months: MonthDifferenceAnswer[] | null;

  static of({ personalAccounts, controlAccount, months }: ControlTotals): ControlTotalsAnswer {
    return {
      personalAccounts: personalAccounts.toString(),
      controlAccount: controlAccount.toString(),
      months:
        months?.map(({ received, credited, difference, ...rest }) => ({
          ...rest,
          ...{ received: received.toString(), credited: credited.toString(), difference: difference.toString() },
        })) ?? null,
    };
  }
}

class FindingAnswer {
  @Text('what was checked')
  check: string;
  @ApiProperty({ enum: ['error', 'notice'] })
  severity: string;
  @Text('what was found')
  text: string;
}

export class VerificationAnswer {
  @ApiProperty({ type: Boolean, description: 'no error among the findings' })
  clean: boolean;
  @ApiProperty({ type: String, description: 'vouchers examined' })
  vouchers: string;
  @ApiProperty({ type: String, description: 'personal accounts examined' })
  personalAccounts: string;
  @ApiProperty({ type: [FindingAnswer] })
  findings: FindingAnswer[];

  static of({ clean, vouchers, personalAccounts, findings }: Verification): VerificationAnswer {
    return {
      clean,
      vouchers: vouchers.toString(),
      personalAccounts: personalAccounts.toString(),
      findings: [...findings],
    };
  }
}
