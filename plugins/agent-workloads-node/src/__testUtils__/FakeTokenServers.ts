import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOUR = 3600;
/** Azure's library keeps what lasts more than five minutes of real time by itself. */
const AZURE_MS = 4 * 60_000;

/** What AWS's STS, Google's metadata server and Azure's managed identity answer, as much as is asked of them here. */
export class FakeTokenServers {
  /** Paths, with what was asked. */
  asked: string[] = [];
  isAway = false;
  private given = 0;
  private server: Server | undefined;

  /** @param clock - what is given lasts an hour of it, Azure's four minutes */
  constructor(private readonly clock: { now: number }) {}

  async start(): Promise<string> {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://fake');
      if (this.isAway) {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"error":"away"}');
        return;
      }
      const body = Buffer.concat(chunks).toString();
      const [type, text] = this.answer(url, body);
      response.writeHead(200, {
        'content-type': type,
        'metadata-flavor': 'Google',
      });
      response.end(text);
    });
    await new Promise<void>(done => this.server!.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(done => this.server?.close(done) ?? done(0));
  }

  private answer(url: URL, body: string): [type: string, text: string] {
    const end = this.clock.now + HOUR * 1000;
    if (url.pathname === '/msi/token') {
      this.asked.push(
        `azure ${url.searchParams.get('resource')} ${
          url.searchParams.get('client_id') ?? 'own'
        }`,
      );
      return [
        'application/json',
        JSON.stringify({
          access_token: `azure-${++this.given}`,
          expires_on: String(Math.floor((this.clock.now + AZURE_MS) / 1000)),
          resource: url.searchParams.get('resource'),
          token_type: 'Bearer',
        }),
      ];
    }
    if (url.pathname.startsWith('/computeMetadata/')) {
      if (!url.pathname.endsWith('/token')) return ['text/plain', 'default'];
      this.asked.push('google');
      return [
        'application/json',
        JSON.stringify({
          access_token: `google-${++this.given}`,
          expires_in: HOUR,
          token_type: 'Bearer',
        }),
      ];
    }
    const asked = new URLSearchParams(body);
    this.asked.push(`aws ${asked.get('Action')} ${asked.get('RoleArn')}`);
    const action = asked.get('Action');
    const n = ++this.given;
    return [
      'text/xml',
      `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
<AccessKeyId>KEY${n}</AccessKeyId><SecretAccessKey>secret-${n}</SecretAccessKey><SessionToken>session-${n}</SessionToken>
<Expiration>${new Date(
        end,
      ).toISOString()}</Expiration></Credentials></${action}Result></${action}Response>`,
    ];
  }
}
