import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';

/** Enough of S3 for what the portal asks: HEAD and GET with a range, path style. */
export class FakeS3 {
  readonly objects = new Map<string, Buffer>();
  readonly asked: string[] = [];
  /** The session and the access key of the last request. */
  signed: { session?: string; accessKey?: string } = {};
  /** Objects are there, and can't be read. */
  isBroken = false;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((req, res) => {
      const path = decodeURIComponent(
        new URL(req.url ?? '/', 'http://s3').pathname,
      ).slice(1);
      this.asked.push(`${req.method} ${path}`);
      this.signed = {
        session: req.headers['x-amz-security-token']?.toString(),
        accessKey: /Credential=([^/]*)/.exec(
          req.headers.authorization ?? '',
        )?.[1],
      };
      const object = this.objects.get(path);
      if (!object) {
        res.writeHead(404, { 'content-type': 'application/xml' });
        res.end(
          req.method === 'HEAD'
            ? undefined
            : '<Error><Code>NoSuchKey</Code></Error>',
        );
        return;
      }
      if (this.isBroken && req.method === 'GET') {
        res.writeHead(500, { 'content-type': 'application/xml' });
        res.end('<Error><Code>InternalError</Code></Error>');
        return;
      }
      const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '');
      const start = range ? Number(range[1]) : 0;
      const end = range?.[2] ? Number(range[2]) : object.length - 1;
      const body = object.subarray(start, end + 1);
      res.writeHead(range ? 206 : 200, {
        'content-length': body.length,
        // What a hostile uploader would want to be believed.
        'content-type': 'text/html',
        etag: `"${createHash('md5').update(object).digest('hex')}"`,
        'last-modified': new Date(0).toUTCString(),
      });
      res.end(req.method === 'HEAD' ? undefined : body);
    });
    await new Promise<void>(resolve =>
      this.server!.listen(0, '127.0.0.1', resolve),
    );
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => this.server?.close(resolve) ?? resolve(0));
  }
}
