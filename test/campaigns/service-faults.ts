import { setTimeout as delay } from 'node:timers/promises';
import type { NodeProcess } from '../../deploy/services/node-process.js';
import type { Random } from '../../deploy/sample/random.js';
import type { BesiegedServices } from './besieged-services.js';

/** One way of doing harm; returns when everything that it took away is being started again. */
export interface Fault {
  readonly name: string;
  strike(services: BesiegedServices, random: Random): Promise<void>;
}

/** Longest time that something which was killed stays dead. */
const DEAD_MS = 1_500;
/** Longer than a group waits for a silent member: whoever is frozen so long has lost its partitions when it goes on. */
const FROZEN_MS = 14_000;

const KILLS = ['eventStore', 'postgres', 'kafka', 'counter', 'relay'] as const;

/** The harm that a campaign does, in turns: each kind comes as often as the others. */
export function faults(awayMs: number): readonly Fault[] {
  return [
    ...KILLS.map((part) => ({
      name: `${part} killed`,
      strike: (services: BesiegedServices, random: Random) =>
        services.killAndStart(services[part], random.below(DEAD_MS)),
    })),
    ...[0, 1].map((place) => ({
      name: `projector ${place + 1} killed`,
      strike: (services: BesiegedServices, random: Random) =>
        services.killAndStart(services.projectors[place] as NodeProcess, random.below(DEAD_MS)),
    })),
    { name: 'a third projector comes and goes', strike: thirdProjector },
    { name: 'a second relay comes or goes, which delivers everything one to five times', strike: secondRelay },
    { name: 'a relay frozen until others take over', strike: frozenRelay },
    { name: `Kafka gone for ${awayMs / 1_000} s`, strike: (services) => kafkaGone(services, awayMs) },
  ];
}

async function thirdProjector({ projectors }: BesiegedServices, random: Random): Promise<void> {
  const third = projectors[2] as NodeProcess;
  await third.start();
  await delay(3_000 + random.below(3_000));
  if (random.below(2) === 0) await third.stop();
  else await killed(third);
}

async function secondRelay({ secondRelay: relay }: BesiegedServices, random: Random): Promise<void> {
  if (!relay.isRunning()) await relay.start();
  else if (random.below(2) === 0) await relay.stop();
  else await killed(relay);
}

/** When it goes on it still takes itself for the leader, and sends what it had in hand. */
async function frozenRelay({ relay, secondRelay: other }: BesiegedServices): Promise<void> {
  if (!other.isRunning()) await other.start();
  const { pid } = relay;
  if (pid === undefined) throw new Error('The relay does not run.');
  process.kill(pid, 'SIGSTOP');
  await delay(FROZEN_MS);
  process.kill(pid, 'SIGCONT');
}

async function kafkaGone({ kafka }: BesiegedServices, awayMs: number): Promise<void> {
  await kafka.stop();
  await delay(awayMs);
  await kafka.start();
}

async function killed(each: NodeProcess): Promise<void> {
  if (each.pid !== undefined) process.kill(each.pid, 'SIGKILL');
  while (each.isRunning()) await delay(20);
}
