import { type Entry, StreamModel } from './stream-model.js';

/** The streams that histories write to. One name is Chinese, one holds an at sign, which links use too. */
export const STREAMS = ['account-1', 'account-2', '缴费@3'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Ids from here on are links; each says where it leads. */
const LINKS: Readonly<Record<number, string>> = { 7: '0@account-1', 8: '1@缴费@3', 9: '4@account-2' };
/** How many different events there are: few, so that repetitions of all kinds happen. */
export const IDS = 10;

/** The text of a link event; undefined for any other event. */
export const linkTextOf = (id: number | undefined): string | undefined => (id === undefined ? undefined : LINKS[id]);
export const typeOf = (id: number): string => (linkTextOf(id) === undefined ? (id % 2 === 0 ? 'Even' : 'Odd') : '$>');
export const idText = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
export const labelOf = (stream: string, revision: number): string => `${revision}@${stream}`;

/** The whole log: the streams' events in the order in which they were written. */
export class LogModel {
  readonly entries: Entry[] = [];
  readonly streams = new Map<string, StreamModel>();

  constructor() {
    for (const name of STREAMS) {
      this.streams.set(name, new StreamModel(name, (entry) => this.entries.push(entry) - 1));
    }
  }

  stream(name: string): StreamModel {
    const model = this.streams.get(name);
    if (!model) throw new Error(`There is no model of ${name}.`);
    return model;
  }

  /** Where a link leads, if what it names is shown. */
  target(text: string): string | undefined {
    const [, digits, name] = /^(\d+)@(.+)$/.exec(text) ?? [];
    const stream = this.streams.get(name ?? '');
    const revision = Number(digits);
    if (!stream || stream.isTombstoned) return undefined;
    return revision >= stream.first && revision <= stream.last ? text : undefined;
  }

  /** An event as a reader sees it: its place, and behind an arrow what it leads to if links are followed. */
  show({ stream, revision, id }: Entry, resolves: boolean): string {
    const text = resolves ? linkTextOf(id) : undefined;
    const label = labelOf(stream, revision);
    return text === undefined ? label : `${label} -> ${this.target(text) ?? 'nothing'}`;
  }
}
