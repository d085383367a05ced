import type { Rounding } from '@provident/kernel';
import { type ParameterReference, type PolicyValue, referenceTo } from '../book/policy-value.js';

/** The same sentence for a reader of English and of Chinese. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}
export type Language = keyof Bilingual;

/** How a step was rounded: the roundings of money, or to so many decimals. */
export type StepRounding = Rounding | 'half-up-1' | 'half-up-2' | 'half-up-4' | 'half-up' | 'ceiling-1' | 'ceiling-2';

/** One step of a calculation: the rule in words, the numbers put into it, and what came out. */
export interface Step {
  /** Name of the figure: a field of the result, or of an intermediate. */
  readonly figure: string;
  readonly rule: Bilingual;
  /** The rule with its numbers, "7646.00 × 0.60". */
  readonly working: string;
  readonly value: string;
  readonly rounding?: StepRounding;
  readonly parameters: readonly ParameterReference[];
}

export interface Explanation {
  readonly formula: string;
  readonly title: Bilingual;
  readonly law: string;
  readonly steps: readonly Step[];
}

/** Takes down a step; the step itself is only made when somebody asks for the explanation. */
export type Note = (step: () => Step) => void;

export const silent: Note = () => undefined;

interface Written {
  toString(): string;
}

/** Makes a step. `basis` are the rounding and the policy values that it used, in any order. */
export function step(
  figure: string,
  rule: Bilingual,
  working: string,
  value: Written,
  ...basis: readonly (StepRounding | PolicyValue)[]
): Step {
  const rounding = basis.find((each) => typeof each === 'string');
  const parameters = basis.filter((each) => typeof each !== 'string').map(referenceTo);
  return {
    figure,
    rule,
    working,
    value: value.toString(),
    ...(rounding === undefined ? {} : { rounding }),
    parameters,
  };
}

const ROUNDINGS: Record<StepRounding, Bilingual> = {
  'fen-half-up': { en: 'rounded half up to the fen', zh: '四舍五入到分' },
  'yuan-half-up': { en: 'rounded half up to the yuan', zh: '四舍五入到元' },
  'fen-down': { en: 'cut to the fen', zh: '舍去分以下' },
  'yuan-up': { en: 'rounded up to the yuan', zh: '见角进元' },
  'jiao-up': { en: 'rounded up to 0.10 yuan', zh: '见分进角' },
  'half-up-1': { en: 'rounded half up to 0.1', zh: '四舍五入保留1位小数' },
  'half-up-2': { en: 'rounded half up to 2 decimals', zh: '四舍五入保留2位小数' },
  'half-up-4': { en: 'rounded half up to 4 decimals', zh: '四舍五入保留4位小数' },
  'half-up': { en: 'rounded half up', zh: '四舍五入' },
  'ceiling-1': { en: 'rounded up to 0.1', zh: '进一法保留1位小数' },
  'ceiling-2': { en: 'rounded up to 2 decimals', zh: '进一法保留2位小数' },
};

/** The explanation as text: the steps in order, each with its working, its rounding and the parameters behind it. */
export function explanationText({ title, law, steps }: Explanation, language: Language): string {
  const lines = [title[language], `  ${language === 'en' ? 'Law: ' : '依据：'}${law}`];
  for (const [index, { figure, rule, working, value, rounding, parameters }] of steps.entries()) {
    const rounded =
      rounding === undefined ? '' : language === 'en' ? `, ${ROUNDINGS[rounding].en}` : `（${ROUNDINGS[rounding].zh}）`;
    lines.push(`  ${index + 1}. ${rule[language]}`);
    lines.push(`     ${figure} = ${working === value || working === '' ? '' : `${working} = `}${value}${rounded}`);
    for (const parameter of parameters) lines.push(`     ${parameterText(parameter, language)}`);
  }
  return lines.join('\n');
}

function parameterText(
  { id, area, from, value, legalBasis, confidence }: ParameterReference,
  language: Language,
): string {
  return language === 'en'
    ? `Parameter ${id} = ${value}, area ${area}, from ${from}: ${legalBasis} [${confidence}]`
    : `参数 ${id} = ${value}，地区 ${area}，自 ${from} 起：${legalBasis}［${confidence}］`;
}
