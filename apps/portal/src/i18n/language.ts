import { createContext, useContext } from 'react';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const KEPT = 'provident.language';

export const LanguageContext = createContext<LanguageChoice>({ language: 'zh-CN', choose: () => undefined });

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** What was chosen here before; else English for a browser that asks for English, and Chinese for every other. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'zh-CN';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}
