import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'toJSON', '10', '2', '', 'a', 'b', '\ud800'),
);
const plain = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(plain, fc.array(tie('value')), fc.dictionary(name, tie('value'), { maxKeys: 40 })),
}));

const outcome = (write: () => string | undefined): string | undefined => {
  try {
    return write();
  } catch {
    return 'refused';
  }
};

describe('canonical JSON', () => {
  it('is the text of the library, for plain values and odd ones', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(outcome(() => canonicalJson(each))).toBe(outcome(() => canonicalize(each)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('has none for what is no value of JSON', () => {
    expect(() => canonicalJson(undefined)).toThrow('canonical text');
  });

  it.each([
    [new Date(0)],
    [{ at: new Date(0), none: undefined }],
    [[undefined, new Date(0)]],
    [JSON.parse('{"b":{"10":1,"9":2},"__proto__":{"x":1},"a":-0}')],
    [Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`name ${(at * 37) % 100}`, at]))],
    [{ lone: '\ud800' }],
    [{ beyond: Number.POSITIVE_INFINITY }],
  ])('is the text of the library: %j', (each: unknown) => {
    expect(outcome(() => canonicalJson(each))).toBe(outcome(() => canonicalize(each)));
  });
});
