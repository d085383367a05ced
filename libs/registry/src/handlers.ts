import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonErasure } from '@provident/access/personal/person-erasure';
import { PersonIndex } from '@provident/access/personal/person-index';
import { type CommandResult, EventStore } from '@provident/event-store';
import type { FileOutcome } from '@provident/files';
import { deterministicId } from '@provident/kernel';
import {
  ChangeParticulars,
  ChangePerson,
  ChangeRiskClass,
  EndEnrolment,
  Enrol,
  EraseContacts,
  ErasePerson,
  ImportEmployers,
  ImportPeople,
  MergeIdentity,
  RegisterEmployer,
  RegisterPerson,
  RequestCancellation,
  ResumeEnrolment,
  ResumeRegistration,
  SettleEnrolment,
  SuspendEnrolment,
  SuspendRegistration,
} from './commands.js';
import { employer } from './employer.js';
import { eraseKeys } from './erase-keys.js';
import { importEmployers, importPeople } from './import-register.js';
import { insured } from './insured.js';
import { mergeIdentities } from './merge-identities.js';
import { requestCancellation } from './request-cancellation.js';

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
  constructor(
    private readonly store: EventStore,
    private readonly index: PersonIndex,
  ) {}

  execute({ body, context }: RegisterPerson): Promise<CommandResult> {
    const { citizenNumber, name } = body;
    const personId = this.index.personIdOf(citizenNumber);
    const command = { type: 'RegisterPerson', personId, citizenNumber, name } as const;
    return this.store.execute(insured, personId, command, context, NEW);
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

@CommandHandler(ChangeParticulars)
export class ChangeParticularsHandler implements ICommandHandler<ChangeParticulars> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: ChangeParticulars): Promise<CommandResult> {
    const contactsId = deterministicId('contacts', context.commandId);
    return this.store.execute(employer, creditCode, { type: 'ChangeParticulars', contactsId, ...body }, context);
  }
}

@CommandHandler(SuspendRegistration)
export class SuspendRegistrationHandler implements ICommandHandler<SuspendRegistration> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: SuspendRegistration): Promise<CommandResult> {
    return this.store.execute(employer, creditCode, { type: 'SuspendRegistration', ...body }, context);
  }
}

@CommandHandler(ResumeRegistration)
export class ResumeRegistrationHandler implements ICommandHandler<ResumeRegistration> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: ResumeRegistration): Promise<CommandResult> {
    return this.store.execute(employer, creditCode, { type: 'ResumeRegistration', ...body }, context);
  }
}

@CommandHandler(SuspendEnrolment)
export class SuspendEnrolmentHandler implements ICommandHandler<SuspendEnrolment> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: SuspendEnrolment): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'SuspendEnrolment', ...body }, context);
  }
}

@CommandHandler(ResumeEnrolment)
export class ResumeEnrolmentHandler implements ICommandHandler<ResumeEnrolment> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: ResumeEnrolment): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'ResumeEnrolment', ...body }, context);
  }
}

@CommandHandler(ChangePerson)
export class ChangePersonHandler implements ICommandHandler<ChangePerson> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: ChangePerson): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'ChangePerson', ...body }, context);
  }
}

@CommandHandler(RequestCancellation)
export class RequestCancellationHandler implements ICommandHandler<RequestCancellation> {
  constructor(private readonly store: EventStore) {}

  execute({ creditCode, body, context }: RequestCancellation): Promise<CommandResult> {
    return requestCancellation(this.store, creditCode, body, context);
  }
}

@CommandHandler(SettleEnrolment)
export class SettleEnrolmentHandler implements ICommandHandler<SettleEnrolment> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: SettleEnrolment): Promise<CommandResult> {
    return this.store.execute(insured, personId, { type: 'SettleEnrolment', ...body }, context);
  }
}

@CommandHandler(MergeIdentity)
export class MergeIdentityHandler implements ICommandHandler<MergeIdentity> {
  constructor(private readonly store: EventStore) {}

  execute({ personId, body, context }: MergeIdentity): Promise<CommandResult> {
    return mergeIdentities(this.store, personId, body, context);
  }
}

@CommandHandler(ErasePerson)
export class ErasePersonHandler implements ICommandHandler<ErasePerson> {
  constructor(
    private readonly store: EventStore,
    private readonly erasure: PersonErasure,
  ) {}

  async execute({ personId, body, context }: ErasePerson): Promise<CommandResult> {
    const result = await this.store.execute(insured, personId, { type: 'ErasePerson', personId, ...body }, context);
    await eraseKeys(this.erasure, result.events);
    return result;
  }
}

@CommandHandler(EraseContacts)
export class EraseContactsHandler implements ICommandHandler<EraseContacts> {
  constructor(
    private readonly store: EventStore,
    private readonly erasure: PersonErasure,
  ) {}

  async execute({ creditCode, body, context }: EraseContacts): Promise<CommandResult> {
    const result = await this.store.execute(employer, creditCode, { type: 'EraseContacts', ...body }, context);
    await eraseKeys(this.erasure, result.events);
    return result;
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
  constructor(
    private readonly store: EventStore,
    private readonly index: PersonIndex,
  ) {}

  execute({ file, options, context }: ImportPeople): Promise<FileOutcome> {
    return importPeople(this.store, this.index, file, options, context);
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
  ChangeParticularsHandler,
  SuspendRegistrationHandler,
  ResumeRegistrationHandler,
  RequestCancellationHandler,
  SuspendEnrolmentHandler,
  ResumeEnrolmentHandler,
  ChangePersonHandler,
  SettleEnrolmentHandler,
  MergeIdentityHandler,
  ErasePersonHandler,
  EraseContactsHandler,
];
