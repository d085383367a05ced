const { readFileSync } = require('node:fs');

// Jest resolves the aliases itself (moduleNameMapper), so the compiler must not rewrite them: .swcrc without its paths.
const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
delete swc.$schema;
delete swc.jsc.paths;
delete swc.jsc.baseUrl;
delete swc.exclude;
swc.swcrc = false;

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test', '<rootDir>/deploy'],
  testRegex: '\\.spec\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@provident/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@provident/([a-z-]+)/(.*)$': '<rootDir>/libs/$1/src/$2.ts',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/slow-first.cjs',
  // Most suites wait for servers of their own half of the time.
  maxWorkers: 2,
};
