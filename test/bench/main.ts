import 'reflect-metadata';
import { benchOptions } from './options.js';
import { reportText } from './result.js';
import { runBench } from './run.js';

const options = benchOptions(process.argv.slice(2));
runBench(options).then(
  (lines) => {
    console.log(options.json ? JSON.stringify(lines, null, 2) : reportText(lines));
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
