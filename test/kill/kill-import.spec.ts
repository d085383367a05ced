import { runCompiled } from '../support/compiled.js';

/*
 * A small share of `npm run campaign -- kill-import`: the compiled process, all of it, killed three times in the first two
 * months of the sample year. The campaign itself examines what is left and ends with 1 when anything is lost or doubled.
 */
it('loses and doubles nothing when the whole process is killed and started again', async () => {
  const args = ['kill-import', '--cycles', '3', '--months', '2', '--seed', 'suite'];
  const { code, out, err } = await runCompiled('test/campaigns/main.js', args);
  expect(err).toBe('');
  expect(out.match(/^kill \d of 3: .*$/gm)).toHaveLength(3);
  expect(out).toContain('0 faults: nothing lost, nothing doubled, verify clean.');
  expect(code).toBe(0);
}, 600_000);
