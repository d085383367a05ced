import { PersonIndex } from '@provident/access';
import { CloseYear } from '@provident/accounts';
import { TakeCaseStep } from '@provident/casework';
import { FileDeclaration, IdentifyReceipt, ImportReceipts } from '@provident/collection';
import type { FileOutcome } from '@provident/files';
import { type CommandContext, deterministicId, DomainError, type Month } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import type { Ledger } from './ledger.js';
import { type CaseStanding, carryCorrection, type CorrectionSteps } from './sample/correction-case.js';
import { agencyActor, agencyOf, type AgencyRole, registerHolders } from './sample/people.js';
import type { CorrectedCredit, IdentifiedReceipt, StoryDesk, StoryRequest } from './story-desk.js';

/** A ledger of this process, given commands as users' files give them. */
export class LedgerDesk implements StoryDesk {
  constructor(private readonly ledger: Ledger) {}

  personIdOf(citizenNumber: string): Promise<string> {
    return Promise.resolve(this.ledger.get(PersonIndex).personIdOf(citizenNumber));
  }

  async importEmployers(path: string, request: StoryRequest): Promise<void> {
    taken(path, await this.ledger.commands.execute(new ImportEmployers(path, {}, this.context(request))));
  }

  async importPeople(path: string, request: StoryRequest): Promise<void> {
    taken(path, await this.ledger.commands.execute(new ImportPeople(path, {}, this.context(request))));
  }

  async declare(employer: string, month: Month, path: string, request: StoryRequest): Promise<void> {
    const command = new FileDeclaration(employer, month, path, {}, this.context(request));
    taken(path, await this.ledger.commands.execute(command));
  }

  async importReceipts(path: string, request: StoryRequest): Promise<void> {
    taken(path, await this.ledger.commands.execute(new ImportReceipts(path, {}, this.context(request))));
  }

  async identifyReceipt(receipt: IdentifiedReceipt, request: StoryRequest): Promise<void> {
    const body = { ...receipt, identifiedOn: request.on };
    await this.ledger.commands.execute(new IdentifyReceipt(body, this.context(request)));
  }

  async correctCredit(credit: CorrectedCredit, request: StoryRequest): Promise<void> {
    const { commands, config } = this.ledger;
    await registerHolders(commands, config.area, agencyOf(config.area));
    const caseId = deterministicId('case', this.context(request).commandId);
    const take = (name: string, by: AgencyRole, step: TakeCaseStep['step']): Promise<CaseStanding> =>
      commands.execute(new TakeCaseStep(caseId, step, this.context({ ...request, key: `${request.key}-${name}` }, by)));
    const steps: CorrectionSteps = {
      open: (by, content) =>
        take('open', by, { type: 'OpenCase', caseId, procedure: 'credit-correction', request: content }),
      enterDocument: (by, kind, sha256) => take('document', by, { type: 'EnterDocument', kind, sha256 }),
      review: (by, evidence) => take('review', by, { type: 'ReviewCase', evidence }),
      approve: (by, evidence) => take('approval', by, { type: 'ApproveCase', evidence }),
    };
    await carryCorrection(steps, credit, request.on);
  }

  async closeYear(year: number, request: StoryRequest): Promise<void> {
    await this.ledger.commands.execute(new CloseYear({ year }, this.context(request, 'fund-manager')));
  }

  reactionsIdle(): Promise<void> {
    return this.ledger.reactionsIdle();
  }

  settled(): Promise<void> {
    return this.ledger.settled();
  }

  private context({ on, key }: StoryRequest, by: AgencyRole = 'clerk'): CommandContext {
    return this.ledger.context(agencyActor(by), on, 'story', key);
  }
}

function taken(path: string, outcome: FileOutcome): void {
  const [first] = outcome.faults.faults;
  if (outcome.written && first === undefined) return;
  throw new DomainError(
    'story-file-faulty',
    `${path}: ${outcome.faults.total} faults, the first in row ${first?.line ?? 0}: ${first?.reason ?? ''}`,
    'A story runs on files without faults.',
    'Mend the file.',
  );
}
