import { spawnSync } from 'node:child_process';

/** What the local broker is made of: Kafka runs on Java, and Maven fetches it. */
const PROGRAMS = [
  { name: 'Java 17', command: 'java', args: ['-version'] },
  { name: 'Maven 3', command: 'mvn', args: ['--version'] },
] as const;

/** Whether a local broker can be run here, and if not, which programs are missing. */
export type KafkaAvailability = { readonly available: true } | { readonly available: false; readonly missing: string };

export function kafkaAvailable(): KafkaAvailability {
  const missing = PROGRAMS.filter(({ command, args }) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0);
  if (missing.length === 0) return { available: true };
  return { available: false, missing: missing.map(({ name, command }) => `${name} (${command})`).join(' and ') };
}
