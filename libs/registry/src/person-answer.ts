import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SCHEMES } from '@provident/kernel';
import { known } from './identity.js';
import type { InsuredState } from './insured.js';

class EnrolmentAnswer {
  @ApiProperty()
  employer: string;
  @ApiProperty({ enum: SCHEMES, isArray: true })
  schemes: string[];
  @ApiProperty({ example: '2025-07' })
  from: string;
  @ApiPropertyOptional({ description: 'absent while the participation goes on' })
  lastMonth?: string;
}

class RestAnswer {
  @ApiProperty()
  employer: string;
  @ApiProperty({ enum: SCHEMES, isArray: true })
  schemes: string[];
  @ApiProperty({ example: '2025-07' })
  from: string;
  @ApiPropertyOptional({ description: 'the month from which it counts again; absent while it rests' })
  resumed?: string;
}

class EnrolmentConflictAnswer {
  @ApiProperty({ description: 'the employer that declared the person' })
  employer: string;
  @ApiProperty({ enum: SCHEMES, isArray: true })
  schemes: string[];
  @ApiProperty({ example: '2025-07' })
  from: string;
}

export class FoundPersonAnswer {
  @ApiProperty({ format: 'uuid' })
  personId: string;
}

/** A person's record in the register. */
export class PersonAnswer {
  @ApiProperty({ format: 'uuid' })
  personId: string;
  @ApiProperty()
  citizenNumber: string;
  @ApiProperty()
  name: string;
  @ApiPropertyOptional()
  phone?: string;
  @ApiPropertyOptional()
  address?: string;
  @ApiPropertyOptional()
  bankAccount?: string;
  @ApiProperty({ type: EnrolmentAnswer, isArray: true })
  enrolments: EnrolmentAnswer[];
  @ApiProperty({ type: RestAnswer, isArray: true })
  rests: RestAnswer[];
  @ApiProperty({
    type: EnrolmentConflictAnswer,
    isArray: true,
    description: 'declared enrolments that another participation stands in the way of, until a case settles them',
  })
  conflicts: EnrolmentConflictAnswer[];
  @ApiPropertyOptional({ format: 'uuid', description: 'the identity that the person goes on as' })
  mergedInto?: string;
  @ApiProperty({ type: String, isArray: true, description: 'identities that this one took over' })
  absorbed: string[];

  static of(state: InsuredState): PersonAnswer {
    const { citizenNumber = '', name = '', particulars, enrolments, rests, conflicts, merged, absorbed } = state;
    return {
      personId: known(state),
      citizenNumber,
      name,
      ...particulars,
      enrolments: enrolments.map(({ employer, schemes, from, lastMonth }) => ({
        ...{ employer, schemes: [...schemes], from },
        ...(lastMonth === undefined ? {} : { lastMonth }),
      })),
      rests: rests.map(({ employer, schemes, from, resumed }) => ({
        ...{ employer, schemes: [...schemes], from },
        ...(resumed === undefined ? {} : { resumed }),
      })),
      conflicts: conflicts.map(({ employer, schemes, from }) => ({ employer, schemes: [...schemes], from })),
      ...(merged === undefined ? {} : { mergedInto: merged.survivor }),
      absorbed: absorbed.map((each) => each.personId),
    };
  }
}
