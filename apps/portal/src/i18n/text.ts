import { useCallback } from 'react';
import { type Language, useLanguage } from './language.js';

/** A word or sentence in both languages; `{name}` stands for a value that is put in. */
export interface Both {
  readonly zh: string;
  readonly en: string;
}

type Values = Readonly<Record<string, string | number>>;
export type Say<Keys> = (key: Keys, values?: Values) => string;

/** A room's words. Every key has both languages: the type asks for it. */
export function dictionary<Keys extends string>(words: Readonly<Record<Keys, Both>>): Readonly<Record<Keys, Both>> {
  return words;
}

export function inLanguage(both: Both, language: Language, values: Values = {}): string {
  const text = language === 'zh-CN' ? both.zh : both.en;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name]?.toString() ?? whole);
}

/** Speaks the words of a dictionary in the language chosen. */
export function useText<Keys extends string>(words: Readonly<Record<Keys, Both>>): Say<Keys> {
  const { language } = useLanguage();
  return useCallback((key, values) => inLanguage(words[key], language, values), [words, language]);
}

/** Speaks a name that came with both languages, as funds and accounts do. */
export function useNames(): (both: Both) => string {
  const { language } = useLanguage();
  return useCallback((both) => inLanguage(both, language), [language]);
}
