import { type AddressInfo, createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LedgerDesk, StoryRunner } from '@provident/assembly';
import type { Page } from 'playwright-core';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { openSampleAccounts } from '../../apps/office/src/sample-accounts.js';
import type { Story, StoryStep } from '../../deploy/sample/story.js';
import { IdentityProvider } from '../access/identity-provider.js';
import { register } from '../support/people.js';
import { SAMPLE_FILES, sampleStory } from '../support/sample-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';
import { TestBrowser, type Visitor } from './browser.js';

type Accounts = Awaited<ReturnType<typeof openSampleAccounts>>;
type Role = Accounts[number]['role'];

/** An office with the first months of the sample year and its accounts, and a browser in front of it: one per suite. */
export class PortalOffice {
  private constructor(
    readonly office: TestLedger,
    readonly story: Story,
    readonly url: string,
    readonly browser: TestBrowser,
    /** Where people may sign in instead. */
    readonly provider: IdentityProvider,
    private readonly accounts: Accounts,
  ) {}

  static async open(months: number, further: readonly StoryStep[] = []): Promise<PortalOffice> {
    const [provider, port] = [await IdentityProvider.start(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const settings = {
      ...{ PORTAL_URL: url, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId },
      ...{ OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_REDIRECT_URI: `${url}/api/access/provider/callback` },
    };
    const office = await openTestLedger(createHttpApplication, undefined, { settings });
    const { ledger } = office;
    const story = withSteps(sampleStory(months), further);
    await new StoryRunner(new LedgerDesk(ledger), SAMPLE_FILES).run(story.steps, 0, () => undefined);
    const accounts = await openSampleAccounts(ledger, story);
    const app = ledger.app as NestFastifyApplication;
    await app.listen({ port, host: '127.0.0.1' });
    await office.head();
    return new PortalOffice(office, story, url, await TestBrowser.launch(), provider, accounts);
  }

  /** Somebody who opens the portal and signs in by keyboard, as the holder of the role. */
  async enter(role: Role, options: Parameters<TestBrowser['visitor']>[1] = {}): Promise<Visitor> {
    const visitor = await this.browser.visitor(this.url, options);
    await visitor.page.goto('/');
    await this.signIn(visitor.page, role);
    return visitor;
  }

  async signIn(page: Page, role: Role): Promise<void> {
    const { name, password } = this.account(role);
    await page.getByLabel(/^(用户名|Name)$/).fill(name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: new RegExp(name) }).waitFor();
  }

  account(role: Role): Accounts[number] {
    const found = this.accounts.find((each) => each.role === role);
    if (found === undefined) throw new Error(`The sample has no account of the role ${role}.`);
    return found;
  }

  /** Lets the log grow by somebody who is registered. */
  async moreEvents(): Promise<void> {
    await register(this.office.ledger.app, []);
    await this.office.head();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.office.close();
    await this.provider.stop();
  }
}

/** A port that nobody listens on: an office is told its own address before it opens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The story with steps of the suite's own, before its year is closed. */
function withSteps(story: Story, further: readonly StoryStep[]): Story {
  const isClosing = ({ do: what }: StoryStep): boolean => what === 'close-year';
  const [before, closing] = [story.steps.filter((step) => !isClosing(step)), story.steps.filter(isClosing)];
  return { ...story, steps: [...before, ...further, ...closing] };
}

/** Keeps the file that a click brings; answers its name and bytes. */
export async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), path: await file.path() };
}
