import { readFileSync, writeFileSync } from 'node:fs';
import { configFrom, Ledger, LedgerDesk, StoryRunner } from '@provident/assembly';
import { StoreClient } from '@provident/event-store';
import { NestFactory } from '@nestjs/core';
import { SAMPLE_FILES, sampleStory, storyNote } from '../support/sample-story.js';
import type { StoryMessage } from './story-message.js';

/**
 * The process that the kill campaign kills: the whole ledger (event store worker, reactions, projector, embedded
 * PostgreSQL) carrying out the sample's story. It tells on its standard output what it is at, a line of JSON each.
 */
export async function runStory(dataFolder: string, months: number): Promise<void> {
  const { area, steps } = sampleStory(months);
  const ledger = await openLedger(dataFolder, area);
  try {
    const note = storyNote(dataFolder);
    const first = noted(note);
    say({ phase: 'opened', step: first, head: await headOf(ledger) });
    tellWhenCommandsEnd(ledger);
    const runner = new StoryRunner(new LedgerDesk(ledger), SAMPLE_FILES);
    for (let step = first; step < steps.length; step += 1) {
      say({ phase: 'command', step });
      await runner.run(steps.slice(0, step + 1), step, () => say({ phase: 'projection', step }));
      writeFileSync(note, String(step + 1));
      say({ phase: 'done', step, head: await headOf(ledger) });
    }
  } finally {
    await ledger.close();
  }
}

/** An office without a story and without HTTP: what runs the reactions and the projector for those who join it. */
export async function keepOpen(dataFolder: string): Promise<void> {
  const ledger = await openLedger(dataFolder, '310000');
  process.once('SIGTERM', () => void ledger.close());
  console.log('open');
}

export function openLedger(dataFolder: string, area: string): Promise<Ledger> {
  return Ledger.open({
    config: configFrom({ PROVIDENT_DATA: dataFolder, PROVIDENT_AREA: area }),
    clock: { now: () => new Date() },
    create: (module) => NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] }),
    onFailure(error) {
      console.error(error);
      process.exit(1);
    },
  });
}

export async function headOf(ledger: Ledger): Promise<string> {
  return String((await ledger.get(StoreClient).head()) ?? -1n);
}

/** The last of a step's commands has ended: what follows is what the commands set off. */
function tellWhenCommandsEnd(ledger: Ledger): void {
  const bus = ledger.commands as { execute: (command: object) => Promise<unknown> };
  const execute = bus.execute.bind(bus);
  let underWay = 0;
  bus.execute = async (command) => {
    underWay += 1;
    try {
      return await execute(command);
    } finally {
      underWay -= 1;
      if (underWay === 0) say({ phase: 'reactions' });
    }
  };
}

function say(message: StoryMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** A note that was cut short, or is not there, means the beginning: repeating steps changes nothing. */
function noted(note: string): number {
  try {
    return Number(readFileSync(note, 'utf8'));
  } catch {
    return 0;
  }
}
