import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '@provident/assembly';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium; `CHROMIUM` names another. */
const PROGRAM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const QUIET = ['gpu', 'quic', 'background-networking', 'component-update', 'sync', 'dev-shm-usage'];
const ARGUMENTS = ['--no-sandbox', '--no-first-run', ...QUIET.map((each) => `--disable-${each}`)];

export const SCREENS = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const;
const PICTURES = join(repositoryFolder(), 'test', 'portal', 'screenshots');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A visitor's window, and what it complained of: errors of scripts, and what the page's policy kept out. */
export interface Visitor {
  readonly page: Page;
  readonly complaints: string[];
}

/** One browser for a suite; every visitor has a context of his own, as if he sat at another machine. */
export class TestBrowser {
  private readonly contexts: BrowserContext[] = [];

  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<TestBrowser> {
    if (!existsSync(PROGRAM)) throw new Error(`There is no ${PROGRAM}; test/install.sh brings it.`);
    const browser = await chromium.launch({ executablePath: PROGRAM, headless: true, args: ARGUMENTS });
    return new TestBrowser(browser);
  }

  async visitor(
    baseURL: string,
    { screen = 'desk', locale = 'zh-CN' }: { screen?: keyof typeof SCREENS; locale?: 'zh-CN' | 'en-GB' } = {},
  ): Promise<Visitor> {
    const context = await this.browser.newContext({
      ...{ baseURL, locale, viewport: SCREENS[screen], acceptDownloads: true },
      ...{ reducedMotion: 'reduce', timezoneId: 'Asia/Shanghai' },
    });
    context.setDefaultTimeout(20_000);
    this.contexts.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      // Answers that refuse are what some stories are about; the browser notes each of them.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text);
    });
    return { page, complaints };
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    await this.browser.close();
  }
}

/** Keeps a picture of the page for people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds of WCAG 2.2 A and AA on the page as it stands, the serious and the critical. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const options = JSON.stringify({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`axe.run(document, ${options})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}`));
}

/** Nothing that axe-core calls serious, and nothing that the browser complained of; with a picture to look at. */
export async function isFine({ page, complaints }: Visitor, name: string): Promise<void> {
  await picture(page, name);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
}
