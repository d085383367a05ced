import { serveEventStore } from './serve.js';

void serveEventStore(process.argv.slice(2), process.env);
