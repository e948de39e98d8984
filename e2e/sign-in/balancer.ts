import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';
import {
  createServer,
  request as requestByTls,
  type Server,
  type ServerOptions,
} from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { HOST } from './host';

export interface Target {
  host: string;
  port: number;
}

/** The port of "discard": nothing listens there. */
const NOBODY: Target = { host: '127.0.0.1', port: 9 };

/**
 * In front of replicas, as an ingress controller and a Service are: TLS ends here, and each request goes to the next one that runs, whoever
 * asks. They are told by which name and scheme it came, and nothing of that by the caller.
 */
export class Balancer {
  /** The replicas that run. */
  targets: Target[] = [];
  /** Which replica answered which path. */
  readonly served: { port: number; path: string }[] = [];
  private turn = 0;
  private readonly sockets = new Set<Duplex>();
  private readonly server: Server;

  constructor(
    readonly port: number,
    certificate: Pick<ServerOptions, 'key' | 'cert'>,
  ) {
    this.server = createServer(certificate, (incoming, outgoing) => {
      const target = this.next();
      this.served.push({ port: target.port, path: incoming.url ?? '' });
      const onward = request(
        {
          ...target,
          path: incoming.url,
          method: incoming.method,
          headers: forwarded(incoming),
        },
        answer => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    });
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.server.on('upgrade', (incoming, socket, head) => {
      const onward = connect(this.next(), () => {
        const headers = Object.entries(forwarded(incoming))
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('');
        onward.write(
          `${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers}\r\n`,
        );
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  private next(): Target {
    this.turn += 1;
    return this.targets[this.turn % this.targets.length] ?? NOBODY;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve =>
      this.server.listen(this.port, '127.0.0.1', resolve),
    );
  }

  /** @returns headers of the answer to somebody who trusts its certificate */
  async ask(
    url: string,
    headers: Record<string, string>,
  ): Promise<IncomingHttpHeaders> {
    const asked = requestByTls({
      ...{ host: '127.0.0.1', port: this.port, path: url },
      headers: { host: HOST, ...headers },
      rejectUnauthorized: false,
    });
    return new Promise((resolve, reject) => {
      asked.once('error', reject);
      asked.once('response', answer => {
        answer.resume();
        resolve(answer.headers);
      });
      asked.end();
    });
  }

  async stop(): Promise<void> {
    // Web sockets are no connections of its own any more.
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }
}

const forwarded = ({ headers, socket }: IncomingMessage) => ({
  ...headers,
  'x-forwarded-for': socket.remoteAddress,
  'x-forwarded-host': headers.host,
  'x-forwarded-proto': 'https',
});
