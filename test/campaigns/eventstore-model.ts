import { historiesHold } from '@provident/embedded-event-store/testing/model/histories';

const TELL_EVERY = 250;

/** Random histories against the model of an event store. A difference ends it with the smallest history that shows it. */
export async function eventstoreModel({ runs, seed }: { runs: number; seed: number }): Promise<void> {
  console.log(`eventstore-model: ${runs} histories, seed ${seed}`);
  const startedAt = performance.now();
  const seconds = (): string => ((performance.now() - startedAt) / 1_000).toFixed(0);
  const steps = await historiesHold({
    runs,
    seed,
    onProgress: (histories) => {
      if (histories % TELL_EVERY === 0) console.log(`${histories} of ${runs} histories, ${seconds()} s`);
    },
  });
  const kinds = Array.from(steps, ([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(`eventstore-model: ${runs} histories (${kinds}) in ${seconds()} s, every answer as the model says.`);
}
