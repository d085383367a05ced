import 'reflect-metadata';
import { relayConfig, runService } from '@provident/assembly';
import { relay } from './relay.js';

void runService('relay', () => relayConfig(process.env), relay);
