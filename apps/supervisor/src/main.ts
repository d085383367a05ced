import 'reflect-metadata';
import { runService, supervisorConfig } from '@provident/assembly';
import { supervisor } from './supervisor.js';

void runService('supervisor', () => supervisorConfig(process.env), supervisor);
