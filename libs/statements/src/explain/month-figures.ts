import { invariant, Money, type ParameterReference, type Payer, SCHEME_NAMES, type Scheme } from '@provident/kernel';
import { calculate, type Step } from '@provident/policy';
import type { PaidLine } from '../paid.js';
import type { StatementMonth } from '../personal-statement.js';
import type { DeclaredMonth } from './declared-month.js';
import type { Bilingual } from './explained-figure.js';

/** What an explanation says of one number. */
export interface Reckoning {
  readonly law: string;
  readonly steps: readonly Step[];
}

const CARRIED: Bilingual = {
  zh: '更正时按原记录转入，未重新计算',
  en: 'Taken over as recorded by a correction, not calculated anew',
};

/** The base: the declared wage, rounded, moved into the bounds of that month. */
export function baseReckoning(month: StatementMonth, found: DeclaredMonth | undefined): Reckoning {
  const { name, law } = { name: 'contribution-base', law: '社会保险法 第12条; 国办发〔2019〕13号 三' };
  if (found?.own === undefined) return { law, steps: [recorded('base', month.base)] };
  const { floor, ceiling, parameters } = found.declared.data;
  const { explanation } = calculate(name, {
    ...{ declaredMonthlyWage: found.own.wage, floor, ceiling },
    baseRounding: valueOf(parameters, 'base.rounding') ?? 'fen-half-up',
  });
  const bounds = parameters.filter(({ id }) => /^base\.(floor|ceiling|rounding)$/.test(id));
  return { law, steps: explanation().steps.map((each) => withParameters(each, each.figure === 'base' ? bounds : [])) };
}

/** One scheme and payer: base × rate, rounded once. */
export function lineReckoning(
  month: StatementMonth,
  { scheme, payer, amount }: PaidLine,
  found: DeclaredMonth | undefined,
): Reckoning {
  const law = '社会保险法 第12, 23, 35, 44, 53条';
  const rate = found?.declared.data.rates.find((each) => each.scheme === scheme && each.payer === payer)?.rate;
  if (found === undefined || rate === undefined) return { law, steps: [recorded('amount', amount)] };
  const { parameters } = found.declared.data;
  const base = baseOfScheme(month, scheme, found);
  const lines = [{ scheme, payer, rate }];
  const { explanation } = calculate('contribution', { base: base.amount, lines, totalRounding: 'line-then-sum' });
  const due = explanation().steps.find((each) => each.figure === 'dueAmounts[0]');
  invariant(due !== undefined, 'A contribution has its first line.');
  // A base that the scheme does not share, or a relief, is not in these steps: what was recorded stands.
  if (due.value !== amount) return { law, steps: [recorded('amount', amount)] };
  const used = parameters.filter(({ id }) => id === `${scheme.replaceAll('-', '_')}.${payer}`);
  const rule = { zh: '应缴 = 缴费基数 × 费率', en: 'Due = base × rate' };
  return { law, steps: [...base.steps, withParameters({ ...due, figure: 'amount', rule }, used)] };
}

/** The base of one scheme, which has bounds of its own where the area prints them. */
function baseOfScheme(month: StatementMonth, scheme: Scheme, found: DeclaredMonth) {
  const { floor, ceiling, parameters } = found.declared.data;
  const group = scheme === 'maternity' ? 'medical' : scheme;
  const ownFloor = valueOf(parameters, `base.floor.${group}`);
  const ownCeiling = valueOf(parameters, `base.ceiling.${group}`);
  if ((ownFloor === undefined && ownCeiling === undefined) || found.own === undefined) {
    return { amount: month.base, steps: [] };
  }
  const { explanation, result } = calculate('contribution-base', {
    ...{ declaredMonthlyWage: found.own.wage, floor: ownFloor ?? floor, ceiling: ownCeiling ?? ceiling },
    baseRounding: valueOf(parameters, 'base.rounding') ?? 'fen-half-up',
  });
  const used = parameters.filter(({ id }) => id === `base.floor.${group}` || id === `base.ceiling.${group}`);
  const steps = explanation().steps.map((each) => withParameters(each, each.figure === 'base' ? used : []));
  return { amount: result['base'] as string, steps };
}

/** What the personal account takes of a month. */
export function toAccountReckoning({ lines, accountAmount }: StatementMonth): Reckoning {
  const own = lines.filter(({ scheme, payer }) => scheme === 'pension' && payer === 'employee');
  const rule = {
    zh: '记入个人账户 = 个人缴纳的基本养老保险费',
    en: 'To the personal account = the employee’s own pension contribution',
  };
  return {
    law: '社会保险法 第12条; 国发〔2005〕38号 六',
    steps: [
      {
        figure: 'accountAmount',
        rule,
        ...sumOf(
          own.map(({ amount }) => amount),
          accountAmount,
        ),
        parameters: [],
      },
    ],
  };
}

/** A sum of lines, written out. */
export function sumReckoning(amounts: readonly string[], total: string, rule: Bilingual): Reckoning {
  return {
    law: '社会保险法 第74条',
    steps: [{ figure: 'sum', rule, ...sumOf(amounts, total), parameters: [] }],
  };
}

export function lineTitle(scheme: Scheme, payer: Payer): Bilingual {
  const { zh, en } = SCHEME_NAMES[scheme];
  return payer === 'employer'
    ? { zh: `${zh}（单位）`, en: `${en} (employer)` }
    : { zh: `${zh}（个人）`, en: `${en} (own)` };
}

function sumOf(amounts: readonly string[], total: string): Pick<Step, 'working' | 'value'> {
  const sum = Money.sum(amounts.map((amount) => Money.of(amount))).toString();
  invariant(sum === total, 'A sum of a statement is the sum of its parts.');
  return { working: amounts.length === 0 ? '0.00' : amounts.join(' + ').replaceAll('+ -', '− '), value: total };
}

function recorded(figure: string, value: string): Step {
  return { figure, rule: CARRIED, working: '', value, parameters: [] };
}

function valueOf(parameters: readonly ParameterReference[], id: string): string | undefined {
  return parameters.find((each) => each.id === id)?.value;
}

function withParameters(step: Step, parameters: readonly ParameterReference[]): Step {
  return { ...step, parameters: [...step.parameters, ...parameters] };
}
