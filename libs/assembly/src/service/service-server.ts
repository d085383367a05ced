import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROBLEM_TYPE, type Problem, problemType } from '@provident/http';
import type { Metrics } from '@provident/telemetry';
import type { Health } from './health.js';

/** How often connections are asked to go while the server waits for its last answers. */
const CLOSE_EVERY_MS = 100;

/**
 * Listens from the first moment: `/health/live` (the process runs), `/health/ready` (it should be given requests, or why
 * not) and `/metrics` are its own. Everything else goes to the application, once there is one.
 */
export class ServiceServer {
  private readonly server: Server;
  private application: RequestListener | undefined;

  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly measure: () => void,
  ) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  async listen(host: string, port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen({ host, port }, resolve);
    });
    const { port: taken } = this.server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  }

  serve(application: RequestListener | undefined): void {
    this.application = application;
  }

  /** Takes no more connections, and ends when the answers under way are sent. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const timer = setInterval(() => this.server.closeIdleConnections(), CLOSE_EVERY_MS);
    await closed;
    clearInterval(timer);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') answer(response, 200, { status: 'live' });
    else if (path === '/health/ready') await this.answerReadiness(response);
    else if (path === '/metrics') await this.answerMetrics(response);
    else if (this.application !== undefined) this.application(request, response);
    else await this.refuse(response);
  }

  private async answerReadiness(response: ServerResponse): Promise<void> {
    const readiness = await this.health.readiness();
    answer(response, ['ready', 'degraded'].includes(readiness.status) ? 200 : 503, readiness);
  }

  private async answerMetrics(response: ServerResponse): Promise<void> {
    this.measure();
    // Brings the checks' metrics up to date.
    await this.health.readiness();
    response.setHeader('content-type', this.metrics.registry.contentType).end(await this.metrics.registry.metrics());
  }

  /** Nobody is there to answer: not yet, not any more, or never. */
  private async refuse(response: ServerResponse): Promise<void> {
    const { status, waitingFor } = await this.health.readiness();
    const problem: Problem =
      status === 'ready' || status === 'degraded'
        ? { type: problemType('http-404'), title: 'This process answers no such request.', status: 404 }
        : {
            type: problemType('not-ready'),
            title: `This process is ${status}${waitingFor === undefined ? '' : `: ${waitingFor}`}.`,
            status: 503,
            remedy: 'Send the same request again in a moment, to this or another copy.',
          };
    answer(response.setHeader('retry-after', '2'), problem.status, problem, PROBLEM_TYPE);
  }
}

function answer(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
