import { createServer, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** In front of replicas, as a Service is: each request goes to the next one that runs, whoever asks. */
export class Balancer {
  /** Ports of the replicas that run. */
  targets: number[] = [];
  /** Which replica answered which path. */
  readonly served: { port: number; path: string }[] = [];
  private turn = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(readonly port: number) {
    this.server = createServer((incoming, outgoing) => {
      const target = this.next();
      this.served.push({ port: target, path: incoming.url ?? '' });
      const onward = request(
        {
          host: '127.0.0.1',
          port: target,
          path: incoming.url,
          method: incoming.method,
          headers: incoming.headers,
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
      const onward = connect(this.next(), '127.0.0.1', () => {
        const headers = Object.entries(incoming.headers)
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

  private next(): number {
    this.turn += 1;
    return this.targets[this.turn % this.targets.length] ?? 9;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve =>
      this.server.listen(this.port, '127.0.0.1', resolve),
    );
  }

  async stop(): Promise<void> {
    // Web sockets are no connections of its own any more.
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }
}
