const Sequencer = require('@jest/test-sequencer').default;

/*
 * Suites that wait for other processes for minutes begin first. On a fresh machine nobody knows yet how long a suite takes,
 * and one of them that began last would run on alone.
 */
const SLOW = ['test/kafka/faults', 'test/portal/', 'test/kill/', 'test/services/', 'test/end-to-end/', 'test/kafka/'];

const place = ({ path }) => {
  const found = SLOW.findIndex((slow) => path.includes(`/${slow}`));
  return found < 0 ? SLOW.length : found;
};

module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
