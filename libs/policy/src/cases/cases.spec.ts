import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../book/load-policy.js';
import { runCases } from './run-cases.js';

describe('worked cases', () => {
  const text = readFileSync(join(dataFolder(), 'cases', 'cases.json'), 'utf8');

  it('agrees with every one of the 160', () => {
    expect(runCases(text)).toEqual({ passed: 160, failed: 0, failures: [] });
  });
});
