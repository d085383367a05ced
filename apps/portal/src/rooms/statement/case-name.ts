import { caseWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';

type Word = keyof typeof caseWords;

/** What a case is about and where it stands, in words; a name that has none stands as it is. */
export function useCaseNames() {
  const say = useText(caseWords);
  const spoken = (word: string, otherwise: string): string => (word in caseWords ? say(word as Word) : otherwise);
  return {
    procedureName: (name: string): string => spoken(`procedure.${name}`, name),
    statusName: (name: string): string => spoken(`status.${name}`, name),
  };
}
