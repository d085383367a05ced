import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import {
  CitizenNumber,
  CreditCode,
  DateText,
  MonthText,
  Name,
  Reason,
  RiskClass,
  SchemeList,
  Uuid,
} from '@provident/http';
import type { FileOptions, FileOutcome, FileSource } from '@provident/files';
import type { BusinessDate, CommandContext, Month, Scheme } from '@provident/kernel';
import { ERASURE_GROUNDS, type ErasureGround, UNIT_TYPES, type UnitType } from './events.js';
import type { OwedSums } from './request-cancellation.js';
import { OneOf, Optional, PlainText } from './fields.js';
import type { SettledEnrolment } from './settled-enrolment.js';

export class RegisterEmployerBody {
  @CreditCode() creditCode: string;
  @Name() name: string;
  @DateText() registeredOn: BusinessDate;
  @RiskClass() riskClass: number;
}

export class RegisterPersonBody {
  @CitizenNumber() citizenNumber: string;
  @Name() name: string;
  /** The employer that reports somebody it has taken on (社会保险法 第58条); absent where the agency registers by itself. */
  @Optional(CreditCode()) employer?: string;
}

export class SearchPersonBody {
  @CitizenNumber() citizenNumber: string;
}

export class EnrolBody {
  @CreditCode() employer: string;
  @SchemeList() schemes: Scheme[];
  @MonthText() from: Month;
}

export class EndEnrolmentBody {
  @CreditCode() employer: string;
  @MonthText() lastMonth: Month;
  /** The schemes that end; all of them when absent. */
  @Optional(SchemeList()) schemes?: Scheme[];
}

export class SuspendEnrolmentBody extends EnrolBody {
  @Reason() reason: string;
}

export class ChangePersonBody {
  @Optional(Name()) name?: string;
  @Optional(PlainText(32)) phone?: string;
  @Optional(PlainText(500)) address?: string;
  @Optional(PlainText(64)) bankAccount?: string;
  @DateText() changedOn: BusinessDate;
  @Reason() reason: string;
}

export class MergeIdentityBody {
  /** The identity that goes on. */
  @Uuid() survivor: string;
  @DateText() mergedOn: BusinessDate;
  @Reason() reason: string;
}

export class ErasureBody {
  @OneOf(ERASURE_GROUNDS) ground: ErasureGround;
  @DateText() erasedOn: BusinessDate;
}

export class ChangeParticularsBody {
  @Optional(Name()) name?: string;
  @Optional(OneOf(UNIT_TYPES)) unitType?: UnitType;
  @Optional(PlainText(500)) address?: string;
  @Optional(Name()) legalRepresentative?: string;
  @Optional(Name()) bankName?: string;
  @Optional(PlainText(64)) bankAccount?: string;
  @Optional(Name()) contactName?: string;
  @Optional(PlainText(32)) contactPhone?: string;
  @DateText() changedOn: BusinessDate;
  @Reason() reason: string;
}

export class SuspendRegistrationBody {
  @MonthText() from: Month;
  @Reason() reason: string;
}

export class ResumeRegistrationBody {
  @MonthText() from: Month;
}

/** What a case asks for, and what collection says that the employer owes. */
export interface CancellationRequest {
  readonly requestedOn: BusinessDate;
  readonly reason: string;
  readonly owed: OwedSums;
}

export class ChangeRiskClassBody {
  @RiskClass() riskClass: number;
  @MonthText() from: Month;
}

export class RegisterEmployer extends Command<CommandResult> {
  constructor(
    readonly body: RegisterEmployerBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ChangeRiskClass extends Command<CommandResult> {
  constructor(
    readonly creditCode: string,
    readonly body: ChangeRiskClassBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class RegisterPerson extends Command<CommandResult> {
  constructor(
    readonly body: RegisterPersonBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class Enrol extends Command<CommandResult> {
  constructor(
    readonly personId: string,
    readonly body: EnrolBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class EndEnrolment extends Command<CommandResult> {
  constructor(
    readonly personId: string,
    readonly body: EndEnrolmentBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A command on one employer's registration. */
export abstract class OnEmployer<Body> extends Command<CommandResult> {
  constructor(
    readonly creditCode: string,
    readonly body: Body,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A command on one person's record. */
export abstract class OnPerson<Body> extends Command<CommandResult> {
  constructor(
    readonly personId: string,
    readonly body: Body,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Files changed particulars of an employer (变更登记). */
export class ChangeParticulars extends OnEmployer<ChangeParticularsBody> {}

/** From a month on the employer declares nothing. */
export class SuspendRegistration extends OnEmployer<SuspendRegistrationBody> {}

/** From a month on the employer declares again. */
export class ResumeRegistration extends OnEmployer<ResumeRegistrationBody> {}

/** Asks for the end of a registration (注销登记); refused while a fen is owed. Carried out for a case; it has no route. */
export class RequestCancellation extends OnEmployer<CancellationRequest> {}

/** Lets a participation rest (暂停参保). */
export class SuspendEnrolment extends OnPerson<SuspendEnrolmentBody> {}

/** Lets a participation that rests count again (恢复参保). */
export class ResumeEnrolment extends OnPerson<EnrolBody> {}

/** Files changed particulars of a person. */
export class ChangePerson extends OnPerson<ChangePersonBody> {}

/** Says which participation stands, the earlier or the declared one. Carried out for an approved case; it has no route. */
export class SettleEnrolment extends OnPerson<SettledEnrolment> {}

/** Merges a second identity of a person (named first) into the one that goes on. */
export class MergeIdentity extends OnPerson<MergeIdentityBody> {}

/** Takes a file of employers into the register. */
export class ImportEmployers extends Command<FileOutcome> {
  constructor(
    readonly file: FileSource,
    readonly options: FileOptions,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Takes a file of people into the register and enrols them. */
export class ImportPeople extends Command<FileOutcome> {
  constructor(
    readonly file: FileSource,
    readonly options: FileOptions,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Destroys what makes a person's data readable. Cannot be undone. */
export class ErasePerson extends OnPerson<ErasureBody> {}

/** Destroys what makes the people in an employer's particulars readable. Cannot be undone. */
export class EraseContacts extends OnEmployer<ErasureBody> {}
