import { isPassing } from './transaction.js';

describe('whether a failure passes', () => {
  it.each([
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Client was closed and is not queryable'),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('could not serialize access'), { code: '40001' }),
  ])('it does: %s', (error) => expect(isPassing(error)).toBe(true));

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'amount')"),
    Object.assign(new Error('duplicate key value'), { code: '23505' }),
    Object.assign(new Error('column does not exist'), { code: '42703' }),
  ])('it does not: %s', (error) => expect(isPassing(error)).toBe(false));
});
