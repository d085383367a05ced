import { damaged } from './zip-archive.js';
import type { FileLimits } from './limits.js';

export interface XmlHandler {
  /** `name` has no prefix; `attributes` is the tag's text after the name, for `attributeOf`. */
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * A scanner for the XML of workbooks, fed piece by piece. It knows what such parts are made of (elements, attributes,
 * text, CDATA, the five named entities and numbered ones) and refuses document types, where XML's entity attacks live.
 * Memory is bounded by one tag or text run. Throws `zip-damaged` for anything that is not well formed.
 */
export class XmlScanner {
  private rest = '';
  private readonly open: string[] = [];
  private started = false;

  constructor(
    private readonly part: string,
    private readonly handler: XmlHandler,
    private readonly limits: FileLimits,
  ) {}

  write(piece: string): void {
    const text = this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const next = text[at] === '<' ? this.markup(text, at) : this.characters(text, at);
      if (next === undefined) break;
      at = next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > this.limits.xmlTokenCharacters) throw damaged(`${this.part}: a tag without end`);
  }

  end(): void {
    if (this.rest.trim() !== '' || this.open.length > 0 || !this.started) throw damaged(`${this.part} is cut off`);
  }

  /** Text up to the next tag; waits for that tag, so that no entity is cut in two. */
  private characters(text: string, at: number): number | undefined {
    const end = text.indexOf('<', at);
    if (end < 0) return undefined;
    if (this.open.length > 0) this.handler.text(this.unescaped(text.slice(at, end)));
    else if (text.slice(at, end).replace('\ufeff', '').trim() !== '') throw damaged(`${this.part}: text outside`);
    return end;
  }

  private markup(text: string, at: number): number | undefined {
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
    if (text.startsWith('<?', at)) return after(text, '?>', at + 2);
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (end < 0) return undefined;
      this.handler.text(text.slice(at + 9, end));
      return end + 3;
    }
    const end = tagEnd(text, at);
    if (end === undefined) return undefined;
    // Only comments, CDATA and document types start like this; the first two were handled above.
    if (text[at + 1] === '!') throw damaged(`${this.part}: document type`);
    this.tag(text.slice(at + 1, end));
    return end + 1;
  }

  private tag(tag: string): void {
    if (tag.startsWith('/')) {
      this.closed(localName(tag.slice(1).trimEnd()));
      return;
    }
    const alone = tag.endsWith('/');
    const body = alone ? tag.slice(0, -1) : tag;
    const space = body.search(/\s/);
    const name = localName(space < 0 ? body : body.slice(0, space));
    if (name === '' || (this.open.length === 0 && this.started)) throw damaged(`${this.part}: not one element`);
    this.started = true;
    this.open.push(name);
    if (this.open.length > this.limits.xmlDepth) throw damaged(`${this.part}: elements too deep`);
    this.handler.open(name, space < 0 ? '' : body.slice(space));
    if (alone) this.closed(name);
  }

  private closed(name: string): void {
    if (this.open.pop() !== name) throw damaged(`${this.part}: elements cross`);
    this.handler.close(name);
  }

  private unescaped(text: string): string {
    return text.includes('&') ? unescapeXml(text, this.part) : text;
  }
}

/** The value of an attribute, or `undefined`. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = patternOf(name).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value?.includes('&') ? unescapeXml(value, name) : value;
}

const patterns = new Map<string, RegExp>();

function patternOf(name: string): RegExp {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s(?:[A-Za-z]\\w*:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  return pattern;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string, where: string): string {
  return text.replace(/&([^;&]{0,12};?)/g, (_all, entity: string) => {
    const name = entity.slice(0, -1);
    const numbered = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const code = numbered ? Number.parseInt(numbered[1] ?? numbered[2] ?? '', numbered[1] ? 16 : 10) : undefined;
    const character = code === undefined ? NAMED[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (character === undefined || !entity.endsWith(';')) throw damaged(`${where}: unknown entity`);
    return character;
  });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function after(text: string, mark: string, from: number): number | undefined {
  const end = text.indexOf(mark, from);
  return end < 0 ? undefined : end + mark.length;
}

/** Where the tag ends: the first ">" outside quotation marks. */
function tagEnd(text: string, at: number): number | undefined {
  let quote = '';
  for (let place = at + 1; place < text.length; place += 1) {
    const character = text[place] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return place;
    else if (character === '"' || character === "'") quote = character;
  }
  return undefined;
}
