import { ApiProperty } from '@nestjs/swagger';
import { CommandAnswer } from '@provident/http';
import type { CaseResult } from './commands.js';
import type { RequiredDocument } from './procedure.js';

/** What a step of a case answers. */
export class CaseAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' }) caseId: string;
  @ApiProperty({ description: 'where the case stands after the step', example: 'evidenced' }) status: string;
  @ApiProperty({ description: 'hash of what the case rests on; reviews and approvals name it' }) evidence: string;

  static ofCase(caseId: string, result: CaseResult): CaseAnswer {
    const { status, evidence } = result;
    return { ...CommandAnswer.of(result), caseId, status, evidence };
  }
}

/** What opened something answers: its id, by which the next steps name it. */
export class OpenedAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' }) id: string;
}

class ProcedureDocumentAnswer implements RequiredDocument {
  @ApiProperty({ example: 'refund-application' }) kind: string;
  @ApiProperty() zh: string;
  @ApiProperty() en: string;
  @ApiProperty({ description: 'without it the case is not evidenced' }) required: boolean;
  @ApiProperty() rule: string;
}

class ProcedureOpeningAnswer {
  @ApiProperty({ type: [String], description: 'roles that may open it, enter documents and hand it in again' })
  roles: readonly string[];
  @ApiProperty() rule: string;
}

export class ProcedureAnswer {
  @ApiProperty({ example: 'overpayment-refund' }) name: string;
  @ApiProperty() version: number;
  @ApiProperty() zh: string;
  @ApiProperty() en: string;
  @ApiProperty({ type: Object, description: 'JSON Schema of the request' }) request: object;
  @ApiProperty({ type: Object }) subject: object;
  @ApiProperty({ type: ProcedureOpeningAnswer }) opening: ProcedureOpeningAnswer;
  @ApiProperty({ type: [ProcedureDocumentAnswer] }) documents: readonly ProcedureDocumentAnswer[];
  @ApiProperty({ type: Object }) review: object;
  @ApiProperty({ type: Object }) approval: object;
  @ApiProperty({ description: 'working days from opening to decision' }) withinDays: number;
  @ApiProperty() limitRule: string;
  @ApiProperty({ type: [String] }) stopsClock: readonly string[];
  @ApiProperty({ type: Object, required: false }) emergency?: object;
}
