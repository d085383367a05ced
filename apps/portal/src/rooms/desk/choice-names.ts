import { FUND_NAMES, type Fund } from '@provident/kernel/schemes';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';

/** What a value of a fixed list is called: a fund, how sure a source is, how a conflict ends. `undefined` for any other. */
export function useChoiceNames(): (value: string) => string | undefined {
  const say = useText(deskWords);
  const name = useNames();
  return (value) => {
    if (value in FUND_NAMES) return name(FUND_NAMES[value as Fund]);
    const word = [`choice.${value}`, `confidence.${value}`].find((each) => each in deskWords);
    return word === undefined ? undefined : say(word as keyof typeof deskWords);
  };
}
