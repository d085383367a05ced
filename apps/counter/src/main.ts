import 'reflect-metadata';
import { counterConfig, runService } from '@provident/assembly';
import { counter } from './counter.js';

void runService('counter', () => counterConfig(process.env), counter);
