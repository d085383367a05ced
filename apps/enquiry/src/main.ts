import 'reflect-metadata';
import { enquiryConfig, runService } from '@provident/assembly';
import { enquiry } from './enquiry.js';

void runService('enquiry', () => enquiryConfig(process.env), enquiry);
