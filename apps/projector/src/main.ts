import 'reflect-metadata';
import { projectorConfig, runService } from '@provident/assembly';
import { projector } from './projector.js';

void runService('projector', () => projectorConfig(process.env), projector);
