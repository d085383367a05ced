import { spawn } from 'node:child_process';
import { compiled } from './compiled.js';

export interface RunningOffice {
  stop(): Promise<void>;
}

/** Starts the process that keeps a ledger open on a data folder until it is told to stop, and waits until it is open. */
export function startOffice(dataFolder: string): Promise<RunningOffice> {
  const child = spawn(process.execPath, [compiled('test/campaigns/main.js'), 'open', dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => {
      resolve({
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
      });
    });
    void ended.then(() => reject(new Error('The office ended before it was open.')));
  });
}
