import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small site of the test's own, which remembers when each page was asked for. */
export class Site {
  /** Times of the visits, in milliseconds, by path. */
  readonly visits = new Map<string, number[]>();

  private constructor(private readonly server: Server) {}

  /** @param address where it listens; without a port a free one */
  static async start(
    pages: Record<string, string>,
    address: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
  ): Promise<Site> {
    const server = createServer();
    const site = new Site(server);
    server.on('request', (request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname;
      site.visits.set(path, [...(site.visits.get(path) ?? []), Date.now()]);
      const page = pages[path];
      response.writeHead(page ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
      });
      response.end(
        page ?? '<!doctype html><title>Not here</title><h1>Not here</h1>',
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    return site;
  }

  get hostPort(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.hostPort}${path}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

/** A plain pricing page with these plans. */
export function pricingPage(
  title: string,
  plans: Record<string, string>,
): string {
  const cards = Object.entries(plans)
    .map(
      ([plan, price]) =>
        `<section class="card"><h2>${plan}</h2><p class="price">${price}</p><ul><li>Support by e-mail</li></ul></section>`,
    )
    .join('');
  return `<!doctype html><html lang="en"><head><title>${title}</title>
<style>main{display:flex;gap:2rem;font:16px sans-serif}.card{width:14rem}.price{font-size:2rem}</style></head>
<body><h1>${title}</h1><main>${cards}</main></body></html>`;
}
