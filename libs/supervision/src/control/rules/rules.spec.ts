import { loadRules, readRules } from './load-rules.js';
import { RULE_STATEMENTS } from './rule-statements.js';

describe('the rules of control', () => {
  it('are read whole, and every statement belongs to one', () => {
    const ids = loadRules().map(({ id }) => id);
    expect(Object.keys(RULE_STATEMENTS).filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toContain('payment-after-death');
  });

  it('are refused with every fault named', () => {
    expect(() => readRules('- id: Ünbekannt')).toThrow(/\/0\/id.*\n(.*\n)*.*\/0\/basis/);
    const [first] = loadRules();
    expect(() => readRules(JSON.stringify([first, first]))).toThrow('stands there twice');
  });
});
