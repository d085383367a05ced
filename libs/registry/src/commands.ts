import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { CitizenNumber, CreditCode, DateText, MonthText, Name, RiskClass, SchemeList } from '@provident/http';
import type { FileOptions, FileOutcome, FileSource } from '@provident/files';
import type { BusinessDate, CommandContext, Month, Scheme } from '@provident/kernel';

export class RegisterEmployerBody {
  @CreditCode() creditCode: string;
  @Name() name: string;
  @DateText() registeredOn: BusinessDate;
  @RiskClass() riskClass: number;
}

export class RegisterPersonBody {
  @CitizenNumber() citizenNumber: string;
  @Name() name: string;
}

export class EnrolBody {
  @CreditCode() employer: string;
  @SchemeList() schemes: Scheme[];
  @MonthText() from: Month;
}

export class EndEnrolmentBody {
  @CreditCode() employer: string;
  @MonthText() lastMonth: Month;
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
