import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Role } from '@provident/access';
import { DomainError, invariant, type Month } from '@provident/kernel';
import type { SampleAccount } from './sample/accounts.js';
import { type CaseStanding, carryCorrection, type CorrectionSteps } from './sample/correction-case.js';
import type { AgencyRole } from './sample/people.js';
import { SignedInCaller } from './signed-in-caller.js';
import type { CorrectedCredit, IdentifiedReceipt, StoryDesk, StoryRequest } from './story-desk.js';

/**
 * The desk of the separate processes: commands go to a counter, questions to an enquiry. A process that is away is waited
 * for and sent the same request again, under the same Idempotency-Key.
 */
export class HttpStoryDesk implements StoryDesk {
  private readonly callers: ReadonlyMap<Role, SignedInCaller>;

  /** `accounts` name whoever does the story's steps; with a clerk, a reviewer, an approver and a fund manager. */
  constructor(
    private readonly counterUrl: string,
    private readonly enquiryUrl: string,
    accounts: readonly SampleAccount[],
  ) {
    this.callers = new Map(accounts.map((each) => [each.role, new SignedInCaller(counterUrl, each)]));
  }

  async personIdOf(citizenNumber: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const call = { method: 'POST' as const, headers, body: JSON.stringify({ citizenNumber }) };
    const found = await this.caller('clerk').answer(`${this.counterUrl}/api/people/search`, call);
    return (found as { personId: string }).personId;
  }

  importEmployers(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/employers/imports', path, request);
  }

  importPeople(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/people/imports', path, request);
  }

  declare(employer: string, month: Month, path: string, request: StoryRequest): Promise<void> {
    return this.sendFile(`/api/employers/${employer}/declarations/${month}`, path, request);
  }

  importReceipts(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/receipts', path, request);
  }

  identifyReceipt(receipt: IdentifiedReceipt, request: StoryRequest): Promise<void> {
    return this.send('/api/receipts/identifications', { ...receipt, identifiedOn: request.on }, 'clerk', request);
  }

  correctCredit(credit: CorrectedCredit, request: StoryRequest): Promise<void> {
    const { on, key } = request;
    let path = '/api/cases';
    const take = async (by: AgencyRole, step: string, body: object): Promise<CaseStanding> => {
      const answer = await this.post(`${path}${step}`, body, { by, key: `${key}${step}` });
      return answer as CaseStanding & { readonly caseId: string };
    };
    const steps: CorrectionSteps = {
      open: async (by, content) => {
        const opened = await take(by, '', { procedure: 'credit-correction', request: content });
        path = `/api/cases/${(opened as CaseStanding & { readonly caseId: string }).caseId}`;
        return opened;
      },
      enterDocument: (by, kind, sha256) => take(by, '/documents', { kind, sha256 }),
      review: (by, evidence) => take(by, '/reviews', { evidence }),
      approve: (by, evidence) => take(by, '/approvals', { evidence }),
    };
    return carryCorrection(steps, credit, on);
  }

  closeYear(year: number, request: StoryRequest): Promise<void> {
    return this.send('/api/accounts/year-closings', { year }, 'fund-manager', request);
  }

  /** Registers somebody; the same key is the same request. Answers the log position. */
  async registerPerson(person: { citizenNumber: string; name: string }, key: string): Promise<bigint> {
    return BigInt(((await this.post('/api/people', person, { by: 'clerk', key })) as { position: string }).position);
  }

  async reactionsIdle(): Promise<void> {
    await this.settledPosition();
  }

  async settled(): Promise<void> {
    const position = await this.settledPosition();
    await this.ask(`/api/read-side?atLeast=${position}`);
  }

  /** A question to the enquiry. One with `atLeast` is asked until the read side is there. */
  async ask(path: string, by: AgencyRole = 'fund-manager'): Promise<unknown> {
    return this.caller(by).answer(this.enquiryUrl + path, { method: 'GET' });
  }

  private async settledPosition(): Promise<string> {
    for (;;) {
      const found = await this.caller('clerk').answer(`${this.counterUrl}/api/reactions`, { method: 'GET' });
      const { settled, position } = found as { settled: boolean; position: string };
      if (settled) return position;
    }
  }

  private async send(path: string, body: object, by: AgencyRole, { key }: StoryRequest): Promise<void> {
    await this.post(path, body, { by, key });
  }

  private post(path: string, body: object, { by, key }: { by: AgencyRole; key: string }): Promise<unknown> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `story-${key}` };
    return this.caller(by).answer(this.counterUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private caller(role: AgencyRole): SignedInCaller {
    const found = this.callers.get(role);
    invariant(found !== undefined, `Nobody of the story has the role ${role}.`);
    return found;
  }

  private async sendFile(path: string, file: string, { on, key }: StoryRequest): Promise<void> {
    const type = extname(file) === '.csv' ? 'text/csv' : 'application/octet-stream';
    const headers = { 'content-type': type, 'idempotency-key': `story-${key}` };
    const body = new Uint8Array(await readFile(file));
    const url = `${this.counterUrl}${path}?on=${on}`;
    const answer = await this.caller('clerk').answer(url, { method: 'POST', headers, body });
    const { faults } = answer as { faults: number };
    if (faults === 0) return;
    throw new DomainError(
      'story-file-faulty',
      `${file}: ${faults} rows were refused.`,
      'A story runs on files without faults.',
      'Mend the file.',
    );
  }
}
