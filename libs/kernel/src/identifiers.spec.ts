import { createHash } from 'node:crypto';
import { birthDateOf, citizenNumberFault, citizenNumbersIn, sexOf } from './citizen-number.js';
import { creditCodeFault } from './credit-code.js';
import { deterministicId, isUuid } from './ids.js';

describe('citizen numbers (GB 11643)', () => {
  it('accepts the examples printed in the standard', () => {
    expect(citizenNumberFault('11010519491231002X')).toBeUndefined();
    expect(citizenNumberFault('440524188001010014')).toBe('birth-date'); // born 1880: outside the years we keep
    expect(birthDateOf('11010519491231002X')).toBe('1949-12-31');
    expect(sexOf('11010519491231002X')).toBe('female');
  });

  it.each([
    ['110105194912310021', 'check-digit'],
    ['11010519491331002X', 'birth-date'],
    ['11010519491231002x', 'characters'],
    ['1101051949123100', 'length'],
  ])('finds the fault of %s: %s', (text, fault) => {
    expect(citizenNumberFault(text)).toBe(fault);
  });

  it('finds those that stand in a text, whole and well formed, each once', () => {
    const text = '甲11010519491231002x、乙(11010519491231002X)；合同110105194912310021号、911010519491231002X';
    expect(citizenNumbersIn(text)).toEqual(['11010519491231002X']);
    expect(citizenNumbersIn('没有')).toEqual([]);
  });

  it('finds every change of one digit', () => {
    const good = '11010519491231002X';
    for (let at = 14; at < 17; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const changed = good.slice(0, at) + String(digit) + good.slice(at + 1);
        if (changed !== good) expect(citizenNumberFault(changed)).toBe('check-digit');
      }
    }
  });
});

describe('unified social credit codes (GB 32100)', () => {
  it('accepts real codes and finds a wrong check character', () => {
    expect(creditCodeFault('91350100M000100Y43')).toBeUndefined();
    expect(creditCodeFault('91350100M000100Y44')).toBe('check-digit');
    expect(creditCodeFault('91350100M000100I43')).toBe('characters');
    expect(creditCodeFault('9135')).toBe('length');
  });
});

describe('deterministic ids', () => {
  it('are UUIDs that depend on every part and its place', () => {
    expect(isUuid(deterministicId('a', 'b'))).toBe(true);
    expect(deterministicId('a', 'b')).toBe(deterministicId('a', 'b'));
    expect(deterministicId('a', 'bc')).not.toBe(deterministicId('ab', 'c'));
  });

  it('are those of RFC 9562, for short, long and Chinese names', () => {
    const namespace = Buffer.from('6f3a1c52d0b84e6f9a41c7e2b5d80f13', 'hex');
    for (const name of ['', 'a', '王芳', 'x'.repeat(10_000), '䶮'.repeat(2_725), '𬭚'.repeat(1_400)]) {
      const digest = createHash('sha1').update(namespace).update(name).digest();
      digest[6] = (digest.readUInt8(6) & 0x0f) | 0x50;
      digest[8] = (digest.readUInt8(8) & 0x3f) | 0x80;
      const expected = digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      expect(deterministicId(name)).toBe(expected);
    }
  });
});
