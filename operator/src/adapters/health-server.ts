import { createServer, type Server } from 'node:http';
import {
  hostRefusal,
  isLoopbackAddress,
  isServedHost,
} from '@agentworkloads/api';

export interface HealthChecks {
  /** @returns undefined when alive, else why a restart would help */
  notAliveBecause(): string | undefined;
  /** @returns undefined when ready, else what is waited for */
  notReadyBecause(): Promise<string | undefined>;
  /** @returns the numbers, in Prometheus' text format, and its content type */
  metrics(): Promise<{ type: string; text: string }>;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** `/healthz` and `/readyz`, as Kubernetes probes ask them, and `/metrics` for Prometheus. Port 0 lets the system choose. */
export function startHealthServer(
  listen: { host: string; port: number },
  checks: HealthChecks,
): Promise<HealthServer> {
  // In a pod the kubelet asks by the pod's address; on one machine a web page may ask by a name of its own.
  const local = isLoopbackAddress(listen.host);
  const server: Server = createServer(async (request, response) => {
    const { host: asked } = request.headers;
    if (local && !isServedHost(asked)) {
      response.writeHead(421, { 'content-type': 'text/plain' });
      response.end(`${hostRefusal(asked)}\n`);
      return;
    }
    const answer = (problem: string | undefined) => {
      response.writeHead(problem ? 503 : 200, { 'content-type': 'text/plain' });
      response.end(`${problem ?? 'ok'}\n`);
    };
    try {
      if (request.url === '/healthz') answer(checks.notAliveBecause());
      else if (request.url === '/readyz') {
        answer(await checks.notReadyBecause());
      } else if (request.url === '/metrics') {
        const { type, text } = await checks.metrics();
        response.writeHead(200, { 'content-type': type }).end(text);
      } else {
        response.writeHead(404).end();
      }
    } catch {
      answer('check failed: the log of the operator may say more');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        close: () =>
          new Promise<void>(done => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
