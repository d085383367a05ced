import { loadPolicy } from '@provident/policy';
import { lateFeeRule } from '../late-fees/late-fee-rule.js';

/** The late fees of 上海市 as shipped. */
export const LAW = lateFeeRule(loadPolicy(), '310000');
