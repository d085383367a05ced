import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementDigest } from '#verifier';
import { canonicalJson } from '@provident/kernel';
import { digestOf, type NamedStatement } from '../statement-reader.js';
import { sampleStatement } from '../testing/sample-statement.js';
import { isCovered, notCovered, printable } from './fonts.js';
import { grouped, percent } from './look.js';
import { codeOf } from './statement-document.js';
import { statementPdf } from './statement-pdf.js';

/* The PDF as others read it: poppler's programs, which have nothing to do with what writes it. */
const folder = mkdtempSync(join(tmpdir(), 'statement-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(pdf: Buffer): string {
  const path = join(folder, 'statement.pdf');
  writeFileSync(path, pdf);
  return path;
}

function textOf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-layout', written(pdf), '-'], { encoding: 'utf8' });
}

describe('a printed statement', () => {
  it.each(['zh', 'en'] as const)('shows every figure on one page, in %s', async (language) => {
    const statement = sampleStatement();
    const text = textOf(await statementPdf(statement, language));
    expect(text.split('\f').filter((page) => page.trim() !== '')).toHaveLength(1);
    const rows = text.split('\n');
    for (const { month, base, lines, paid, accountAmount, creditedOn } of statement.months) {
      const row = rows.find((each) => each.trimStart().startsWith(month)) ?? '';
      for (const amount of [base, ...lines.map((line) => line.amount), paid.employer, paid.employee, accountAmount]) {
        expect(row).toContain(grouped(amount));
      }
      expect(row).toContain(creditedOn);
    }
    const { account, corrections, totals } = statement;
    const others = [...totals.map((each) => each.amount), account.opening, account.credited, account.closing];
    for (const amount of [...others, account.interest?.total ?? '']) expect(text).toContain(grouped(amount));
    expect(corrections).toHaveLength(1);
    for (const { paid, reason } of corrections)
      expect([text.includes(grouped(paid.employer)), text.includes(reason)]).toEqual([true, true]);
    expect(text).toContain(language === 'zh' ? '社会保险个人权益记录单' : 'Statement of social insurance rights');
    expect(text).toContain(statement.digest);
  });

  it('bears a code that leads to the page which checks it, without naming anybody', () => {
    const statement = sampleStatement();
    const record = `${statement.area}:2025:${statement.knownAt}:sha256:${statement.digest}`;
    expect(codeOf(statement)).toBe(`urn:provident:statement:${record}`);
    expect(codeOf(statement, 'https://sb.example.cn')).toBe(`https://sb.example.cn/verify#${record}`);
  });

  it('is the same file for the same statement', async () => {
    const [one, other] = [await statementPdf(sampleStatement(), 'zh'), await statementPdf(sampleStatement(), 'zh')];
    expect(one.equals(other)).toBe(true);
  });

  it('carries its data inside, from which anybody can make the digest again', async () => {
    const statement = sampleStatement();
    const more = { name: 'proof.json', type: 'application/json', description: 'proof', content: '{"a":1}' };
    const path = written(await statementPdf(statement, 'zh', { proofs: [more] }));
    execFileSync('pdfdetach', ['-saveall', '-o', folder, path]);
    const attached = readFileSync(join(folder, 'statement-2025.json'), 'utf8');
    expect(attached).toBe(canonicalJson(statement));
    const { digest, ...rest } = JSON.parse(attached) as NamedStatement;
    expect(digestOf(rest)).toBe(digest);
    expect(statementDigest(JSON.parse(attached) as object)).toBe(digest);
    expect(readFileSync(join(folder, 'proof.json'), 'utf8')).toBe('{"a":1}');
  });

  it('embeds its fonts and shows rare characters of names', async () => {
    const pdf = await statementPdf(sampleStatement('㐂㛃䶮𬸚𫖯·阿卜杜拉'), 'zh');
    expect(textOf(pdf)).toContain('㐂㛃䶮𬸚𫖯·阿卜杜拉');
    const fonts = execFileSync('pdffonts', [written(pdf)], { encoding: 'utf8' })
      .split('\n')
      .slice(2);
    expect(fonts.filter((line) => line !== '').length).toBeGreaterThan(0);
    for (const line of fonts.filter((each) => each !== '')) expect(line).toMatch(/\+NotoSansSC.* yes yes yes/);
  });

  it('prints the code of a character that the font lacks, and says so, instead of a blank', async () => {
    const text = textOf(await statementPdf(sampleStatement('王𠮷\u202e'), 'zh'));
    expect(text).toContain('王〔U+20BB7〕〔U+202E〕');
    expect(text).toContain('附件中为原字');
  });

  it('takes names and reasons as text, whatever they look like', async () => {
    const name = '=HYPERLINK("http://x")<b>&amp;';
    const text = textOf(await statementPdf(sampleStatement(name, '<script>alert(1)</script>有限公司'), 'en'));
    expect(text).toContain(name);
    expect(text).toContain('<script>alert(1)');
  });
});

describe('the embedded font', () => {
  it('has the characters that the standard table has for names, and all but ten of Extension A', () => {
    expect(Array.from('㐂㛃䶮𬸚𫖯𬍛·〇').every(isCovered)).toBe(true);
    const extensionA = Array.from({ length: 0x4dc0 - 0x3400 }, (_, at) => String.fromCodePoint(0x3400 + at));
    expect(notCovered(extensionA)).toHaveLength(10);
  });

  it('leaves what it has as it is', () => {
    expect(printable('王小明·Ø')).toBe('王小明·Ø');
    expect(printable('\u0007')).toBe('〔U+0007〕');
  });
});

describe('figures in print', () => {
  it('groups amounts and writes rates in per cent without losing a digit', () => {
    expect(['0.00', '-1234567.80', '999.99'].map(grouped)).toEqual(['0.00', '-1,234,567.80', '999.99']);
    expect(['0.0262', '0.015', '1', '0.00625'].map(percent)).toEqual(['2.62%', '1.5%', '100%', '0.625%']);
  });
});
