import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RegisteredEmployer } from './employer.js';
import { UNIT_TYPES, type UnitType } from './events.js';

class SuspensionAnswer {
  @ApiProperty({ example: '2025-07' })
  from: string;
  @ApiPropertyOptional({ description: 'the month from which it declares again; absent while suspended' })
  resumed?: string;
}

class OwedAnswer {
  @ApiProperty({ enum: ['contribution', 'late-fee', 'fine'] })
  kind: string;
  @ApiPropertyOptional()
  fund?: string;
  @ApiPropertyOptional()
  month?: string;
  @ApiProperty({ example: '0.01' })
  amount: string;
  @ApiPropertyOptional({ description: 'a late fee that has to be assessed before it can be paid' })
  unassessed?: boolean;
}

/** An employer's registration as it stands. */
export class RegistrationAnswer {
  @ApiProperty()
  creditCode: string;
  @ApiProperty({ enum: ['registered', 'cancelling', 'cancelled'] })
  status: string;
  @ApiProperty()
  name: string;
  @ApiProperty()
  registeredOn: string;
  @ApiProperty({ description: 'the latest work-injury risk class' })
  riskClass: number;
  @ApiPropertyOptional({ enum: UNIT_TYPES })
  unitType?: UnitType;
  @ApiPropertyOptional()
  address?: string;
  @ApiPropertyOptional()
  legalRepresentative?: string;
  @ApiPropertyOptional()
  bankName?: string;
  @ApiPropertyOptional()
  bankAccount?: string;
  @ApiPropertyOptional()
  contactName?: string;
  @ApiPropertyOptional()
  contactPhone?: string;
  @ApiProperty({ type: SuspensionAnswer, isArray: true })
  suspensions: SuspensionAnswer[];
  @ApiProperty({
    type: OwedAnswer,
    isArray: true,
    description: 'why the last cancellation was refused or undone; empty otherwise',
  })
  owed: OwedAnswer[];
  @ApiPropertyOptional()
  cancelledOn?: string;

  static of(state: RegisteredEmployer): RegistrationAnswer {
    const { creditCode, status, name, registeredOn, riskClasses, particulars, cancelledOn } = state;
    return {
      creditCode,
      status,
      name,
      registeredOn,
      riskClass: riskClasses.at(-1)?.riskClass ?? 0,
      ...particulars,
      suspensions: state.suspensions.map(({ from, resumed }) => ({
        from,
        ...(resumed === undefined ? {} : { resumed }),
      })),
      owed: [...state.owed],
      ...(cancelledOn === undefined ? {} : { cancelledOn }),
    };
  }
}
