import 'reflect-metadata';
import { configFrom } from '@provident/assembly';
import { runOffice } from './office.js';

// Everything in one process, on the embedded defaults: `npm start`. With `--once` it stops after printing the result.
runOffice(configFrom(process.env), { once: process.argv.includes('--once') }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
