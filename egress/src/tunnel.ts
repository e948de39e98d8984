import type { Socket } from 'node:net';
import type { Exchange } from './exchange';

/** Joins two sockets after CONNECT, within the limits for bytes and time. */
export function tunnel(
  exchange: Exchange,
  client: Socket,
  head: Buffer,
  dialled: { socket: Socket; address: string },
): void {
  const { limits } = exchange.options;
  const upstream = dialled.socket;
  let bytes = 0;
  const end = (verdict: 'passed' | 'failed', reason?: string) => {
    clearTimeout(total);
    exchange.record({ verdict, reason, address: dialled.address, bytes });
    // What was received is still passed on, unless a limit is the reason.
    if (verdict === 'passed') {
      client.destroySoon();
      upstream.destroySoon();
    } else {
      client.destroy();
      upstream.destroy();
    }
  };
  const total = setTimeout(
    () => end('failed', 'TIMEOUT'),
    limits.totalTimeoutMs,
  );
  const count = (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > limits.maxTunnelBytes) end('failed', 'TOO_LARGE');
  };
  for (const socket of [client, upstream]) {
    socket.setTimeout(limits.idleTimeoutMs, () => end('failed', 'TIMEOUT'));
    socket.on('data', count);
    socket.on('error', () => end('failed', 'CONNECTION_FAILED'));
    socket.on('close', () => end('passed'));
  }
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.byteLength > 0) upstream.write(head);
  client.pipe(upstream);
  upstream.pipe(client);
}
