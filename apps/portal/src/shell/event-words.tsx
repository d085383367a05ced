import { eventWords } from '../i18n/events.js';
import { useText } from '../i18n/text.js';

/** What happened, in words; the event's own name for one that has none yet. */
export function EventWords({ type }: { readonly type: string }) {
  const say = useText(eventWords);
  return <>{Object.hasOwn(eventWords, type) ? say(type as keyof typeof eventWords) : type}</>;
}
