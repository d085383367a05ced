import { join } from 'node:path';
import {
  compareWithReplay,
  HttpStoryDesk,
  PROJECTIONS,
  type ReplayComparison,
  repositoryFolder,
  StoryRunner,
} from '@provident/assembly';
import { LogReader, StoreClient } from '@provident/event-store';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import type { NamedStatement } from '@provident/statements';
import { statementText, table } from '@provident/terminal';
import { readStory, type Story, type StoryStep } from '../sample/story.js';
import { openAgencyAccounts } from './agency-accounts.js';
import type { Services } from './services.js';

/** What the sample is told through. */
type Through = Pick<Services, 'urlsOf' | 'eventStore' | 'postgres' | 'folder'>;

const REPLAY_CONNECTIONS = 4;

/** Tells the sample's story through the services, up to the end of so many months; prints what came of it. */
export async function runSample(services: Through, months: number, print: (text: string) => void): Promise<boolean> {
  const folder = join(repositoryFolder(), 'deploy', 'sample', 'files');
  const story = readStory(folder);
  const steps = stepsOf(story, months);
  const [counter = '', enquiry = ''] = [services.urlsOf('counter')[0], services.urlsOf('enquiry')[0]];
  const desk = new HttpStoryDesk(counter, enquiry, await openAgencyAccounts(services));
  const startedAt = performance.now();
  await new StoryRunner(desk, folder).run(steps, 0, (step, done) =>
    print(`${done}/${steps.length} ${step.on} ${step.do}`),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  print(await fundsText(desk, story));
  print(await oneStatement(desk, story));
  const comparison = await compare(services);
  print(await digestsText(desk, comparison));
  print(`${comparison.live.events} events in ${seconds.toFixed(1)} s, from files over HTTP to figures behind Kafka.`);
  return comparison.differing.length === 0;
}

/** The steps of the first months, and the closing of the year. */
function stepsOf({ steps, year }: Story, months: number): StoryStep[] {
  const last = `${year}-${String(months).padStart(2, '0')}-31`;
  return steps.filter((step) => step.do === 'close-year' || step.on <= last);
}

interface FundAnswer {
  readonly fund: { readonly zh: string };
  readonly assets: string;
  readonly liabilities: string;
  readonly netAssets: string;
}

async function fundsText(desk: HttpStoryDesk, { areaName, year }: Story): Promise<string> {
  const asOf = `${year}-12-31`;
  const funds = (await desk.ask(`/api/books/funds?asOf=${asOf}`)) as readonly FundAnswer[];
  const rows = funds.map(({ fund, assets, liabilities, netAssets }) => [fund.zh, assets, liabilities, netAssets]);
  const columns = ['基金 fund', '资产 assets', '负债 liabilities', '净资产 net assets'].map((title, at) => ({
    title,
    align: at === 0 ? ('left' as const) : ('right' as const),
  }));
  return `\n基金 funds of ${areaName} on ${asOf}\n${table(columns, rows)}`;
}

async function oneStatement(desk: HttpStoryDesk, { highlights, year }: Story): Promise<string> {
  const person = highlights.find(({ what }) => what === 'wrong-credit')?.person ?? '';
  const personId = await desk.personIdOf(person);
  return `\n${statementText((await desk.ask(`/api/people/${personId}/statements/${year}`, 'clerk')) as NamedStatement)}`;
}

async function compare({ eventStore, postgres }: Through): Promise<ReplayComparison> {
  const client = new StoreClient(eventStore.address);
  const pool = createPool(postgres.address, LIVE_SCHEMA, REPLAY_CONNECTIONS);
  try {
    return await compareWithReplay(pool, new LogReader(client), PROJECTIONS);
  } finally {
    await pool.end();
    await client.dispose();
  }
}

interface DigestsAnswer {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[];
}

/** What the enquiry says beside what one process made of the same log. */
async function digestsText(desk: HttpStoryDesk, { replayed, differing }: ReplayComparison): Promise<string> {
  const { tables } = (await desk.ask('/api/read-side/digests')) as DigestsAnswer;
  const alone = new Map(replayed.tables.map((each) => [each.table, each.sha256]));
  const rows = tables.map(({ table: name, rows: count, sha256 }) => [
    name,
    String(count),
    sha256.slice(0, 16),
    (alone.get(name) ?? '').slice(0, 16),
  ]);
  const columns = [
    { title: 'table' },
    { title: 'rows', align: 'right' as const },
    { title: 'services' },
    { title: 'one process' },
  ];
  const verdict =
    differing.length === 0
      ? '✓ The services and a single process give the same digests.'
      : `✗ The services give other rows than a single process in: ${differing.join(', ')}.`;
  return `\n${table(columns, rows)}\n${verdict}`;
}
