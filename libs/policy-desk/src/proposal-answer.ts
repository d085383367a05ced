import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Content, LegalBasis, PolicyChangeState } from '@provident/policy';

const STATUSES = ['proposed', 'reviewed', 'approved', 'superseded'] as const;

/** A proposed change of a parameter and what became of it. */
export class ProposalAnswer {
  @ApiProperty({ format: 'uuid' }) proposalId: string;
  @ApiProperty({ enum: STATUSES }) status: (typeof STATUSES)[number];
  @ApiProperty({ example: 'unemployment.employer' }) parameter: string;
  @ApiProperty({ example: '310000' }) area: string;
  @ApiProperty({ example: '2026-01-01' }) from: string;
  @ApiPropertyOptional({ example: '2026-12-31' }) to?: string;
  @ApiProperty({ type: Object, description: 'in the unit of the parameter', example: '0.005' }) value: Content;
  @ApiProperty({ type: Object }) basis: LegalBasis;
  @ApiProperty() source: string;
  @ApiProperty() confidence: string;
  @ApiProperty() reason: string;
  @ApiProperty({ example: 'user:6d824974-046a-5888-9d0b-3844ca2b1168' }) proposer: string;
  @ApiPropertyOptional() reviewer?: string;
  @ApiPropertyOptional() remark?: string;
  @ApiPropertyOptional() approver?: string;
  @ApiPropertyOptional({ description: 'from this day on the value is known' }) approvedOn?: string;
  @ApiPropertyOptional({ format: 'uuid' }) supersededBy?: string;
}

/** All proposals of an area, in the order in which they were made. */
export function proposalAnswers({ proposals }: PolicyChangeState): ProposalAnswer[] {
  return Object.values(proposals).map(({ content, ...course }) => ({ ...content, ...course }));
}
