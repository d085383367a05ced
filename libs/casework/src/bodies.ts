import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CreditCode, DateText, Reason, Uuid } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Hash, Hashes, Ids, Maybe, OneOf, Words } from './fields.js';
import { LIMITS } from './limits.js';
import { STOP_CAUSES, type StopCause } from './procedure.js';
import { PROCEDURE_NAMES } from './procedures.js';
import { SIDES, type Side } from './sides.js';

const SEEN = 'evidence hash of the case as it was looked at';

export class OpenCaseBody {
  @OneOf(PROCEDURE_NAMES) procedure: string;
  @ApiProperty({
    ...{ type: Object, additionalProperties: true },
    description: 'content of the command, as GET /api/procedures describes it',
  })
  @IsObject()
  request: Record<string, unknown>;
}

export class DocumentBody {
  @Words(100, 'legal-document') kind: string;
  @Hash('SHA-256 under which the document vault keeps it') sha256: string;
}

export class ResubmitBody {
  @ApiPropertyOptional({ type: Object, description: 'the amended request; as before when absent' })
  @IsOptional()
  @IsObject()
  request?: Record<string, unknown>;
}

export class ReasonBody {
  @Reason() reason: string;
}

export class CheckBody {
  @Hash(SEEN) evidence: string;
  @Maybe(Reason()) remark?: string;
}

export class EmergencyBody {
  @Hash(SEEN) evidence: string;
  @Reason() reason: string;
}

export class DebtBody {
  @Hash(SEEN) evidence: string;
  @OneOf(['right', 'wrong']) finding: 'right' | 'wrong';
  @Reason() remark: string;
  @Maybe(Uuid()) correctedBy?: string;
}

export class ReturnBody {
  @Reason() reason: string;
  @ApiProperty({ type: [String], description: 'kinds of documents that are asked for' })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  missing: string[];
}

export class StopBody {
  @OneOf(STOP_CAUSES.filter((cause) => cause !== 'supplement')) cause: StopCause;
  @Reason() reason: string;
}

/** Whom a text is about: it is erased with any of them. Whose citizen number stands in it is found without being named. */
const Concerns = (): PropertyDecorator => Maybe(Ids(LIMITS.concerned));

export class OpenThreadBody {
  @CreditCode() employer: string;
  @Maybe(Uuid()) caseId?: string;
  @Words(200, '关于7月申报') title: string;
  @OneOf(SIDES) side: Side;
  @Concerns() concerns?: string[];
}

export class MessageBody {
  @OneOf(SIDES) side: Side;
  @Words(10_000, '请问7月的缴费基数何时公布？') text: string;
  @Concerns() concerns?: string[];
  @Hashes(20) documents: string[];
  @ApiPropertyOptional({ format: 'uuid', description: 'the message that this one answers' })
  @Maybe(Uuid())
  answers?: string;
}

export class AppointmentBody {
  @OneOf(SIDES) side: Side;
  @OneOf(['counter', 'on-site', 'training']) purpose: 'counter' | 'on-site' | 'training';
  @DateText() heldOn: BusinessDate;
  @ApiProperty({ type: String, example: '09:30', description: 'time of day in China' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'time must be a time of day, for example 09:30' })
  time: string;
  @Words(200, '三号窗口') place: string;
}

export class SideBody {
  @OneOf(SIDES) side: Side;
}

export class CancelAppointmentBody extends SideBody {
  @Reason() reason: string;
}

export class AttendanceBody {
  @ApiProperty() @IsBoolean() attended: boolean;
}

export class NoticeBody {
  @Maybe(CreditCode()) employer?: string;
  @Words(200, '2025年度缴费基数公示') title: string;
  @Words(20_000, '各位员工：……') text: string;
  @Ids(LIMITS.recipients) recipients: string[];
}

export class ReceiptBody {
  @Uuid() personId: string;
}

export class TaskSourceBody {
  @Words(200, '市人社局') authority: string;
  @Words(500, '关于开展社会保险稽核专项行动的通知') document: string;
  @Maybe(Words(200, '示例〔2025〕9号')) number?: string;
  @Hash('SHA-256 of the source document') sha256: string;
}

export class TaskBody {
  @Words(200, '稽核专项行动') title: string;
  @ApiProperty({ type: TaskSourceBody })
  @IsObject()
  @ValidateNested()
  @Type(() => TaskSourceBody)
  source: TaskSourceBody;
  @Words(200, 'clerk:li.wei') owner: string;
  @DateText() dueOn: BusinessDate;
}

export class ReassignmentBody {
  @Words(200, 'clerk:wang') owner: string;
  @Reason() reason: string;
}

export class ProgressBody {
  @ApiProperty({ type: Number, minimum: 0, maximum: 100 }) @IsInt() @Min(0) @Max(100) percent: number;
  @Reason() note: string;
  @Hashes(50) evidence: string[];
}

export class CompletionBody {
  @Words(2000, '已完成，见报告') result: string;
  @Hashes(50, 1) evidence: string[];
}
