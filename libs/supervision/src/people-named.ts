const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** The streams, addresses and subjects that are about one person carry the person's id. */
const OF_A_PERSON = new RegExp(`\\b(?:account|insured|statement)[-:](${UUID})`, 'g');

/** The people whose own records an answer names: they are entered in the log of reads (社会保险经办条例 第4条). */
export function peopleNamed(answer: unknown): string[] {
  return [...new Set(Array.from(JSON.stringify(answer).matchAll(OF_A_PERSON), ([, personId = '']) => personId))];
}
