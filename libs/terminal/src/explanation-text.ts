import type { ExplanationHead } from '@provident/supervision';
import { grouped } from './table.js';

/** A figure of an explanation in a few lines: what it is, its address, its facts and its rule. */
export function explanationText({ title, value, address, facts, rule }: ExplanationHead): string[] {
  const figure = value === undefined ? '' : `: ${value.unit === 'yuan' ? grouped(value.text) : value.text}`;
  const told = facts.map(({ zh, en, value: text }) => `${zh === en ? en : `${zh} ${en}`} ${text}`);
  const { text, basis, confidence } = rule ?? {};
  const article = [basis, confidence === undefined ? undefined : `(${confidence})`].filter(Boolean).join(' ');
  return [
    `${title.zh} · ${title.en}${figure}  [${address}]`,
    ...(told.length === 0 ? [] : [`    ${told.join('; ')}`]),
    ...(text === undefined ? [] : [`    依据 rule: ${text}${article === '' ? '' : ` ${article}`}`]),
  ];
}
