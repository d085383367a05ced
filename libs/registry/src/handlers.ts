import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import type { FileOutcome } from '@provident/files';
import {
  ChangeRiskClass,
  EndEnrolment,
  Enrol,
  ImportEmployers,
  ImportPeople,
  RegisterEmployer,
  RegisterPerson,
} from './commands.js';
import { employer } from './employer.js';
import { importEmployers, importPeople } from './import-register.js';
import { insured } from './insured.js';
import { personIdOf } from '@provident/kernel';

/** A registration mostly meets a stream that does not exist yet. */
const NEW = { mostlyNew: true } as const;

@CommandHandler(RegisterEmployer)
export class RegisterEmployerHandler implements ICommandHandler<RegisterEmployer> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: RegisterEmployer): Promise<CommandResult> {
    return this.store.execute(employer, body.creditCode, { type: 'RegisterEmployer', ...body }, context, NEW);
  }
}

@CommandHandler(ChangeRiskClass)
export class ChangeRiskClassHandler implements ICommandHandler<ChangeRiskClass> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: ChangeRiskClass): Promise<CommandResult> {
    return this.store.execute(employer, creditCode, { type: 'ChangeRiskClass', ...body }, context);
  }
}

@CommandHandler(RegisterPerson)
export class RegisterPersonHandler implements ICommandHandler<RegisterPerson> {
  constructor(private readonly store: EventStore) {}

  execute({ body, context }: RegisterPerson): Promise<CommandResult> {
    return this.store.execute(
      insured,
      personIdOf(body.citizenNumber),
      { type: 'RegisterPerson', ...body },
      context,
      NEW,
    );
  }
}

@CommandHandler(Enrol)
export class EnrolHandler implements ICommandHandler<Enrol> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: Enrol): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'Enrol', ...body }, context);
  }
}

@CommandHandler(EndEnrolment)
export class EndEnrolmentHandler implements ICommandHandler<EndEnrolment> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: EndEnrolment): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'EndEnrolment', ...body }, context);
  }
}

@CommandHandler(ImportEmployers)
export class ImportEmployersHandler implements ICommandHandler<ImportEmployers> {
  constructor(private readonly store: EventStore) {}

  execute({ file, options, context }: ImportEmployers): Promise<FileOutcome> {
    return importEmployers(this.store, file, options, context);
  }
}

@CommandHandler(ImportPeople)
export class ImportPeopleHandler implements ICommandHandler<ImportPeople> {
  constructor(private readonly store: EventStore) {}

  execute({ file, options, context }: ImportPeople): Promise<FileOutcome> {
    return importPeople(this.store, file, options, context);
  }
}

export const registryHandlers = [
  ImportEmployersHandler,
  ImportPeopleHandler,
  RegisterEmployerHandler,
  ChangeRiskClassHandler,
  RegisterPersonHandler,
  EnrolHandler,
  EndEnrolmentHandler,
];
