import { describeWithKafka } from '../support/kafka-suite.js';
import { runCompiled } from '../support/compiled.js';

/*
 * A share of `npm run campaign -- kill-services`: the compiled services as processes of their own, twenty faults while six
 * months of the sample go through them. The campaign itself examines what is left and ends with 1 when anything differs.
 */
describeWithKafka('the separate processes under faults', () => {
  it('lose and double nothing, and come to the figures of a single process', async () => {
    const args = ['kill-services', '--cycles', '20', '--months', '6', '--away-seconds', '5', '--seed', 'suite'];
    // Kafka's client sets a timer to a time that is past, which Node tells of.
    const env = { NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning' };
    const { code, out, err } = await runCompiled('test/campaigns/main.js', args, env);
    expect(err).toBe('');
    expect(out.match(/^fault \d+ of 20: .*$/gm)).toHaveLength(20);
    expect(out).toContain('0 differences: nothing lost, nothing doubled, the same digests as a single process.');
    expect(code).toBe(0);
  }, 1_800_000);
});
