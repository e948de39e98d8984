import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Handler = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => void | Promise<void>;

export interface TestSite {
  port: number;
  origin: string;
  /** `METHOD path` of every request, in order. */
  hits: string[];
  /** Connections that were opened, requests or not. */
  connections(): number;
  close(): Promise<void>;
}

/** A site on loopback; pages by path, or a handler for all. */
export async function startSite(
  pages: Record<string, string | Handler> | Handler,
  host = '127.0.0.1',
): Promise<TestSite> {
  const hits: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = http.createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    const path = (request.url ?? '/').split('?')[0];
    const page = typeof pages === 'function' ? pages : pages[path];
    if (typeof page === 'function') {
      void page(request, response);
    } else if (page === undefined) {
      response
        .writeHead(404, { 'content-type': 'text/html' })
        .end('<h1>Not here</h1>');
    } else {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(page);
    }
  });
  server.on('connection', socket => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  // A test that fails before it closes its site must not keep the runner alive.
  server.unref();
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://${host}:${port}`,
    hits,
    connections: () => connections,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
