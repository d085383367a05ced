import { parseArgs } from 'node:util';

/** How large the samples are; every size is an option of `npm run bench -- …`. */
export interface BenchOptions {
  readonly people: number;
  readonly months: number;
  readonly statements: number;
  readonly seconds: number;
  readonly repeats: number;
  /** Events of the event store's large log. */
  readonly events: number;
  /** Only this part of the bench. */
  readonly only: 'eventstore' | 'supervision' | undefined;
  readonly json: boolean;
}

const DEFAULTS = { people: '2000', months: '6', statements: '400', seconds: '4', repeats: '3', events: '200000' };

export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: DEFAULTS.people },
      months: { type: 'string', default: DEFAULTS.months },
      statements: { type: 'string', default: DEFAULTS.statements },
      seconds: { type: 'string', default: DEFAULTS.seconds },
      repeats: { type: 'string', default: DEFAULTS.repeats },
      events: { type: 'string', default: DEFAULTS.events },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name: keyof typeof DEFAULTS): number => {
    const text = values[name];
    if (!/^[1-9]\d{0,7}$/.test(text)) throw new Error(`--${name} must be a whole number above zero, not "${text}".`);
    return Number(text);
  };
  const { only } = values;
  if (only !== undefined && only !== 'eventstore' && only !== 'supervision') {
    throw new Error(`--only takes eventstore or supervision, not "${only}".`);
  }
  return {
    people: whole('people'),
    months: Math.min(12, Math.max(2, whole('months'))),
    statements: whole('statements'),
    seconds: whole('seconds'),
    repeats: whole('repeats'),
    events: whole('events'),
    only,
    json: values.json,
  };
}
