import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** An error answer (RFC 9457, application/problem+json). Tells what happened, which rule, and what to do. */
export class Problem {
  @ApiProperty({ example: 'urn:provident:problem:employer-unknown' })
  type: string;
  @ApiProperty({ example: 'The employer is not registered.' })
  title: string;
  @ApiProperty({ example: 404 })
  status: number;
  /** The rule that refused, with its article. */
  @ApiPropertyOptional()
  rule?: string;
  /** What to do about it. */
  @ApiPropertyOptional()
  remedy?: string;
  /** Values concerned; faults by field for a malformed request. */
  @ApiPropertyOptional({ type: Object })
  details?: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemType(code: string): string {
  return `urn:provident:problem:${code}`;
}
