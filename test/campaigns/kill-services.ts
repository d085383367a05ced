import { setTimeout as delay } from 'node:timers/promises';
import { compareWithReplay, HttpStoryDesk, PROJECTIONS, type SampleAccount, StoryRunner } from '@provident/assembly';
import { LogReader, StoreClient } from '@provident/event-store';
import { addDays, businessDate, citizenCheckCharacter, DomainError } from '@provident/kernel';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { readDeadLetters } from '@provident/projections/dead-letter';
import { Random } from '../../deploy/sample/random.js';
import { openAgencyAccounts } from '../../deploy/services/agency-accounts.js';
import { personName } from '../support/invented.js';
import { SAMPLE_FILES, sampleStory } from '../support/sample-story.js';
import { BesiegedServices } from './besieged-services.js';
import { faults } from './service-faults.js';

export interface KillServicesOptions {
  readonly cycles: number;
  readonly months: number;
  readonly awaySeconds: number;
  readonly seed: string;
}

/** Longest pause between two faults, beside what it takes until everything is ready again. */
const PEACE_MS = 1_500;
const ASK_AGAIN_MS = 100;

/**
 * The separate processes under load, harmed at random moments; at the end every table must be what a single process makes
 * of the same log, and the log must hold what was acknowledged. Sets the exit code 1 when it is not so.
 */
export async function killServices({ cycles, months, awaySeconds, seed }: KillServicesOptions): Promise<void> {
  console.log(`kill-services: ${cycles} faults under the load of ${months} months of the sample, seed ${seed}`);
  const services = await BesiegedServices.start();
  const load = new Load(services, months, await openAgencyAccounts(services));
  try {
    load.start();
    await besiege(services, cycles, awaySeconds * 1_000, new Random(`services ${seed}`), load);
    await load.finish();
    const found = await examine(services, load, months);
    for (const fault of found) console.error(`FAULT ${fault}`);
    if (found.length > 0) console.error(services.lastLines());
    console.log(
      `kill-services: ${cycles} faults, ${load.registered} people registered meanwhile, ` +
        `${load.unanswered} requests answered with 500 and sent again, ${found.length} differences: ` +
        (found.length === 0 ? 'nothing lost, nothing doubled, the same digests as a single process.' : 'FAILED.'),
    );
    if (found.length > 0) process.exitCode = 1;
  } finally {
    load.giveUp();
    await services.close();
  }
}

/** Harm in turns, every kind as often as the others, in an order and at moments of chance. */
async function besiege(
  services: BesiegedServices,
  cycles: number,
  awayMs: number,
  random: Random,
  load: Load,
): Promise<void> {
  const kinds = faults(awayMs);
  let turn: (typeof kinds)[number][] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    if (turn.length === 0) turn = [...kinds];
    const [fault] = turn.splice(random.below(turn.length), 1);
    await delay(random.below(PEACE_MS));
    load.check();
    console.log(`fault ${cycle} of ${cycles}: ${fault?.name ?? ''}`);
    await fault?.strike(services, random);
    // Now and then the next one strikes while this one is not yet over.
    if (random.below(4) > 0) await services.allReady();
  }
  await services.allReady();
}

/** What goes on meanwhile: the sample's story, and people who are registered, for as long as the siege lasts. */
class Load {
  registered = 0;
  /** Requests that were answered with a fault of the server's own, and sent again. */
  unanswered = 0;
  private isOver = false;
  private isGivenUp = false;
  private failure: Error | undefined;
  private work: Promise<unknown> = Promise.resolve();
  readonly desk: HttpStoryDesk;

  constructor(
    services: BesiegedServices,
    private readonly months: number,
    accounts: readonly SampleAccount[],
  ) {
    this.desk = new HttpStoryDesk(services.counter.address, services.enquiry.address, accounts);
  }

  start(): void {
    this.work = Promise.all([this.tellStory(), this.register()]).catch((error: unknown) => {
      this.failure = error as Error;
    });
  }

  /** A process that is killed in the middle of a request may say that something went wrong; the step is repeated then. */
  private async tellStory(): Promise<void> {
    const { steps } = sampleStory(this.months);
    const runner = new StoryRunner(this.desk, SAMPLE_FILES);
    for (let told = 0; !this.isGivenUp; ) {
      try {
        await runner.run(steps, told, (step, done) => {
          told = done;
          console.log(`  story: step ${done} of ${steps.length}, ${step.do}`);
        });
        return;
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'internal') throw error;
        this.unanswered += 1;
        await delay(ASK_AGAIN_MS);
      }
    }
  }

  /** Throws what ended the load before its time. */
  check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  async finish(): Promise<void> {
    this.isOver = true;
    await this.work;
    this.check();
    await this.desk.settled();
  }

  /** Leaves off, however far it is. */
  giveUp(): void {
    this.isOver = true;
    this.isGivenUp = true;
  }

  /** One person after another; who is not acknowledged is sent again under the same key. */
  private async register(): Promise<void> {
    while (!this.isOver) {
      const place = this.registered;
      const person = { citizenNumber: citizenNumberOf(place), name: personName(place) };
      try {
        await this.desk.registerPerson(person, `besieged-${place}`);
        this.registered += 1;
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'internal') throw error;
        this.unanswered += 1;
        await delay(ASK_AGAIN_MS);
      }
    }
  }
}

/** The citizen number of nobody, of any number of them: a thousand for each day of birth. */
function citizenNumberOf(place: number): string {
  const born = addDays(businessDate('1960-01-01'), Math.floor(place / 1_000)).replaceAll('-', '');
  const first17 = `310199${born}${String(place % 1_000).padStart(3, '0')}`;
  return first17 + citizenCheckCharacter(first17);
}

async function examine(services: BesiegedServices, load: Load, months: number): Promise<string[]> {
  const client = new StoreClient(services.eventStore.address);
  const pool = createPool(services.postgres.address, LIVE_SCHEMA, 4);
  const found: string[] = [];
  try {
    // Told once more, the story must change nothing: everything that was acknowledged is in the log.
    const before = await client.head();
    await new StoryRunner(load.desk, SAMPLE_FILES).run(sampleStory(months).steps, 0, () => undefined);
    const after = await client.head();
    if (before !== after) found.push(`telling the story again moved the log from ${before} to ${after}`);
    const { rows } = await pool.query<{ people: bigint }>('select count(*) as people from person');
    const { live, replayed, differing } = await compareWithReplay(pool, new LogReader(client), PROJECTIONS);
    console.log(
      `  ${live.events} events applied through Kafka, ${replayed.events} in the log, ${rows[0]?.people} people`,
    );
    for (const table of differing) found.push(`the rows of ${table} differ`);
    for (const { id, reason } of await readDeadLetters(pool, LIVE_SCHEMA)) found.push(`dead letter ${id}: ${reason}`);
    return found;
  } finally {
    await pool.end();
    await client.dispose();
  }
}
