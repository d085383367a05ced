import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FaultReport, FileOutcome } from '@provident/files';
import { type BusinessDate, DomainError, isBusinessDate } from '@provident/kernel';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';

/** How a file sent by HTTP is to be taken in. */
export class FileQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'take the good rows although others are faulty' })
  @IsOptional()
  @IsIn(['true', 'false'])
  acceptGoodRows?: 'true' | 'false';

  @ApiPropertyOptional({ description: 'the day of filing; today when absent', example: '2025-07-15' })
  @IsOptional()
  @ValidateBy({
    name: 'date',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isBusinessDate(value),
      defaultMessage: () => 'on must be a date YYYY-MM-DD, for example 2025-07-15',
    },
  })
  on?: BusinessDate;
}

/** What became of a file that was taken in. */
export class FileAnswer {
  @ApiProperty({ description: 'rows taken in' })
  rows: number;
  @ApiProperty({ description: 'rows left out because of faults, when the good rows were asked for' })
  faults: number;
  @ApiProperty({ description: 'log position to ask atLeast of' })
  position: string;
}

/** A file was kept out because of its faults, all of which go to whoever sent it. */
class FileFaulty extends DomainError {
  constructor(readonly problems: FaultReport) {
    super(
      'file-faulty',
      `The file has ${problems.total} faults; nothing was written.`,
      'A file is taken in whole or not at all, unless the good rows alone are asked for.',
      'Mend the rows named in the details, and send the file again.',
    );
  }
}

/** A file that was kept out answers 422 with every fault; one that is in answers where it stands in the log. */
export function answerFile(outcome: FileOutcome): FileAnswer {
  if (!outcome.written) throw new FileFaulty(outcome.faults);
  return { rows: outcome.rows, faults: outcome.faults.total, position: (outcome.position ?? 0n).toString() };
}
