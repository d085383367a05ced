import { ApiProperty } from '@nestjs/swagger';
import { CommandAnswer } from '@provident/http';

const Text = (description: string, example: string): PropertyDecorator =>
  ApiProperty({ type: String, description, example });

class ReleasedFigureAnswer {
  @Text('indicator', 'collectionRate')
  indicator: string;
  @Text('a scheme, all, or a fund', 'pension')
  of: string;
  @ApiProperty({ type: String, nullable: true, example: '0.9876' })
  value: string | null;
}

export class ReleaseAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  releaseId: string;
  @Text('month', '2025-04')
  month: string;
  @ApiProperty({ type: Number, description: 'counted per month from 1' })
  number: number;
  @Text('the last day that was counted', '2025-04-30')
  asOf: string;
  @Text('log position at which the figures were known', '12345')
  position: string;
  @Text("SHA-256 of the indicators' definitions", '9f86d0…')
  definitions: string;
  @ApiProperty({ type: [ReleasedFigureAnswer] })
  figures: ReleasedFigureAnswer[];
  @ApiProperty({ type: String, required: false, description: 'why the month was released again' })
  reason?: string;
}

export class ReleasedAnswer extends CommandAnswer {
  @ApiProperty({ type: ReleaseAnswer })
  release: ReleaseAnswer;
}

class RebuiltDifferenceAnswer {
  @Text('indicator', 'received')
  indicator: string;
  @Text('a scheme, all, or a fund', 'pension')
  of: string;
  @ApiProperty({ type: String, nullable: true })
  released: string | null;
  @ApiProperty({ type: String, nullable: true })
  rebuilt: string | null;
}

export class RebuiltReleaseAnswer {
  @ApiProperty({ type: ReleaseAnswer })
  release: ReleaseAnswer;
  @ApiProperty({ type: Boolean, description: 'the indicators mean the same as then' })
  sameDefinitions: boolean;
  @ApiProperty({ type: [RebuiltDifferenceAnswer], description: 'empty when the release is what the log says' })
  differences: RebuiltDifferenceAnswer[];
}
