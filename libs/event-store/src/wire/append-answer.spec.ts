import { correlationId, decodeAppendAnswer } from './append-answer.js';
import { integerField, messageField, textField } from './byte-fields.js';

const correlated = (correlation: number): Buffer => messageField(1, textField(2, correlationId(correlation)));

describe('answers to appends', () => {
  it('are told apart by ids in either form that servers use', () => {
    const number = 0x12_3456_789a;
    const [most, least] = [correlationId(number).replaceAll('-', '').slice(0, 16), correlationId(number).slice(19)];
    const structured = messageField(
      1,
      integerField(1, BigInt(`0x${most}`)),
      integerField(2, BigInt(`0x${least.replace('-', '')}`)),
    );
    expect(decodeAppendAnswer(messageField(1, structured)).correlation).toBe(number);
    expect(decodeAppendAnswer(correlated(number)).correlation).toBe(number);
  });

  it('carry positions of any size', () => {
    for (const position of [0n, 127n, 128n, 2n ** 53n + 1n, 2n ** 63n - 1n]) {
      const success = messageField(
        3,
        integerField(1, 4),
        messageField(3, integerField(1, position), integerField(2, 9)),
      );
      const bytes = Buffer.concat([
        correlated(7),
        success,
        messageField(4, textField(3, 'stream')),
        integerField(5, 3),
      ]);
      expect(decodeAppendAnswer(bytes)).toEqual({ correlation: 7, position, refusal: undefined });
    }
  });

  it('name what was refused', () => {
    const any = messageField(
      3,
      textField(1, 'type.googleapis.com/event_store.client.WrongExpectedVersion'),
      messageField(2),
    );
    const error = messageField(2, integerField(1, 6), textField(2, 'Wrong.'), any);
    expect(decodeAppendAnswer(Buffer.concat([error, correlated(3)]))).toEqual({
      correlation: 3,
      position: undefined,
      refusal: { type: 'WrongExpectedVersion', message: 'Wrong.' },
    });
  });

  it('are not believed when they are cut short', () => {
    expect(() => decodeAppendAnswer(correlated(3).subarray(0, 20))).toThrow(RangeError);
  });
});
