import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, EventStore } from '@provident/event-store';
import { type BusinessDate, type CommandContext } from '@provident/kernel';
import { PolicyInForce } from '@provident/policy';
import { registeredEmployer } from '../standing.js';
import { certificate } from './certificate.js';
import { certificateRule } from './certificate-rule.js';
import { CheckCertificate, IssueCertificate, ReplaceCertificate } from './commands.js';

/** What a certificate is made with: the rule of the day, and whether the employer is an enterprise (it is, unless filed). */
async function termsOf(
  store: EventStore,
  { book }: PolicyInForce,
  { employer, issuedOn }: { employer: string; issuedOn: BusinessDate },
  { area }: CommandContext,
) {
  const { particulars } = await registeredEmployer(store, employer);
  const isEnterprise = (particulars.unitType ?? 'enterprise') === 'enterprise';
  return { employer, area, isEnterprise, rule: certificateRule(book, area, issuedOn) };
}

@CommandHandler(IssueCertificate)
export class IssueCertificateHandler implements ICommandHandler<IssueCertificate> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ creditCode: employer, body, context }: IssueCertificate): Promise<CommandResult> {
    const terms = await termsOf(this.store, this.policy, { employer, ...body }, context);
    return this.store.execute(certificate, employer, { type: 'IssueCertificate', ...terms, ...body }, context);
  }
}

@CommandHandler(ReplaceCertificate)
export class ReplaceCertificateHandler implements ICommandHandler<ReplaceCertificate> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  async execute({ creditCode: employer, body, context }: ReplaceCertificate): Promise<CommandResult> {
    const terms = await termsOf(this.store, this.policy, { employer, ...body }, context);
    return this.store.execute(certificate, employer, { type: 'ReplaceCertificate', ...terms, ...body }, context);
  }
}

@CommandHandler(CheckCertificate)
export class CheckCertificateHandler implements ICommandHandler<CheckCertificate> {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  execute({ creditCode: employer, body, context }: CheckCertificate): Promise<CommandResult> {
    const rule = certificateRule(this.policy.book, context.area, body.checkedOn);
    return this.store.execute(certificate, employer, { type: 'CheckCertificate', employer, rule, ...body }, context);
  }
}

export const certificateHandlers = [IssueCertificateHandler, ReplaceCertificateHandler, CheckCertificateHandler];
