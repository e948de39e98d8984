import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../src/clients/chromium-path';

export interface BrowserService {
  endpoint: string;
  /** Path and query of each connection that was let in. */
  sessions: string[];
  /** Answer to the next connections: let in, or refuse with this status. */
  refuseWith: number | undefined;
  /** Told of each connection that was refused. */
  onRefusal: (() => void) | undefined;
  /** Cuts all open sessions, as a session time-out does. */
  cut(): void;
  close(): Promise<void>;
}

/** A browser that is reached over CDP at `/chromium` with a token, as Browserless has it. */
export async function startBrowserService(
  token: string,
): Promise<BrowserService> {
  const profile = await mkdtemp(join(tmpdir(), 'agents-browser-'));
  const chromium = spawn(
    await findChromium(process.env.CHROMIUM_PATH),
    [
      '--headless',
      '--no-sandbox',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const debuggerUrl = await new Promise<URL>((resolve, reject) => {
    let text = '';
    chromium.stderr.on('data', chunk => {
      text += chunk;
      const match = /DevTools listening on (ws:\S+)/.exec(text);
      if (match) resolve(new URL(match[1]));
    });
    chromium.on('exit', () => reject(new Error(`no browser: ${text}`)));
  });
  const open = new Set<Socket>();
  const server = http.createServer((_request, response) =>
    response.writeHead(404).end(),
  );
  const service: BrowserService = {
    endpoint: '',
    sessions: [],
    refuseWith: undefined,
    onRefusal: undefined,
    cut: () => open.forEach(socket => socket.destroy()),
    async close() {
      service.cut();
      server.close();
      const ended = new Promise(resolve => chromium.once('exit', resolve));
      chromium.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  server.on('upgrade', (request, client: Socket, head) => {
    client.on('error', () => client.destroy());
    const allowed = request.headers.authorization === `Bearer ${token}`;
    const status = service.refuseWith ?? (allowed ? undefined : 401);
    if (status || !request.url?.startsWith('/chromium?')) {
      service.onRefusal?.();
      client.end(
        `HTTP/1.1 ${
          status ?? 404
        } No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    service.sessions.push(request.url);
    const upstream = connect(
      Number(debuggerUrl.port),
      debuggerUrl.hostname,
      () => {
        const headers = [
          'upgrade',
          'connection',
          'sec-websocket-key',
          'sec-websocket-version',
        ]
          .map(name => `${name}: ${request.headers[name]}\r\n`)
          .join('');
        upstream.write(
          `GET ${debuggerUrl.pathname} HTTP/1.1\r\nhost: ${debuggerUrl.host}\r\n${headers}\r\n`,
        );
        upstream.write(head);
        client.pipe(upstream).pipe(client);
      },
    );
    upstream.on('error', () => client.destroy());
    client.on('close', () => {
      upstream.destroy();
      open.delete(client);
    });
    open.add(client);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  service.endpoint = `ws://127.0.0.1:${
    (server.address() as AddressInfo).port
  }/chromium`;
  return service;
}
