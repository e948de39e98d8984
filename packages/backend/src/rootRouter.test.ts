import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { NotFoundError, serializeError } from '@backstage/errors';
import express, { Router } from 'express';
import request from 'supertest';
import { configureRootRouter, withoutStacks } from './rootRouter';

const STACK = /\n\s+at |\/packages\/|node_modules/;

function portal(options: { allowedHosts?: string[]; nodeEnv?: string } = {}) {
  const { allowedHosts, nodeEnv = 'development' } = options;
  const app = express();
  const server = createServer(app);
  configureRootRouter(
    {
      app,
      server: server as never,
      config: new ConfigReader({
        backend: allowedHosts ? { allowedHosts } : {},
      }),
      applyDefaults: () => {
        const plugin = Router();
        plugin.get('/refresh', (_request, response) => {
          response.json({ token: 'secret', stack: 'a name like any other' });
        });
        plugin.get('/missing', (_request, response) => {
          const error = new NotFoundError('not here', new Error('inner'));
          response.status(404).json({
            error: serializeError(error, { includeStack: true }),
          });
        });
        app.use('/api', plugin);
      },
    },
    nodeEnv,
  );
  return { app, server };
}

const ask = (app: express.Express, host: string, path = '/api/refresh') =>
  request(app).get(path).set('host', host);

describe('the Host of a request', () => {
  it.each(['localhost:7007', '127.0.0.1:7007', '[::1]:7007'])(
    'may be %s',
    async host => {
      expect((await ask(portal().app, host)).status).toBe(200);
    },
  );

  it.each(['loop.test:7007', 'evil.example', 'localhost.evil.example:7007'])(
    'may not be %s, for the page of another site is of that origin',
    async host => {
      const { status, body, text } = await ask(portal().app, host);
      expect(status).toBe(421);
      expect(body.error.message).toContain('is not served here');
      expect(text).not.toContain('secret');
    },
  );

  it('may be one that the configuration names, in production too', async () => {
    const named = { allowedHosts: ['portal.example'] };
    for (const nodeEnv of ['development', 'production']) {
      const { app } = portal({ ...named, nodeEnv });
      expect((await ask(app, 'portal.example')).status).toBe(200);
      expect((await ask(app, 'evil.example')).status).toBe(421);
    }
  });

  it('is not looked at in production where none are named', async () => {
    const { app } = portal({ nodeEnv: 'production' });
    expect((await ask(app, 'portal.example')).status).toBe(200);
  });
});

describe('a web socket', () => {
  let server: Server;
  let upgraded: string[];
  beforeEach(async () => {
    ({ server } = portal());
    upgraded = [];
    server.on('upgrade', (incoming, socket) => {
      if (socket.destroyed) return;
      upgraded.push(incoming.headers.host ?? '');
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  const upgrade = (host: string) =>
    new Promise<string>(resolve => {
      const outgoing = httpRequest({
        port: (server.address() as AddressInfo).port,
        host: '127.0.0.1',
        headers: { host, connection: 'upgrade', upgrade: 'websocket' },
      });
      outgoing.on('upgrade', (_answer, socket) => {
        socket.destroy();
        resolve('opened');
      });
      outgoing.on('error', () => resolve('cut'));
      outgoing.end();
    });

  it('opens for this machine’s own names alone', async () => {
    expect(await upgrade('localhost')).toBe('opened');
    expect(await upgrade('evil.example')).toBe('cut');
    expect(upgraded).toEqual(['localhost']);
  });
});

describe('a web socket that nobody listens for yet', () => {
  // Backstage's signals begin to listen at the first one that comes there.
  it('comes to the routes, which look at its name', async () => {
    const { server } = portal();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const outgoing = httpRequest({
          port: (server.address() as AddressInfo).port,
          host: '127.0.0.1',
          path: '/api/refresh',
          headers: { host, connection: 'upgrade', upgrade: 'websocket' },
        });
        outgoing.on('response', answer => {
          answer.resume();
          resolve(answer.statusCode);
        });
        outgoing.on('error', reject);
        outgoing.end();
      });
    expect(await statusFor('localhost')).toBe(200);
    expect(await statusFor('evil.example')).toBe(421);
    await new Promise(resolve => server.close(resolve));
  });
});

describe('an error that is answered', () => {
  it('says what, and nothing of where in the code', async () => {
    const { status, body, text } = await ask(
      portal().app,
      'localhost',
      '/api/missing',
    );
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('not here'),
      cause: { message: 'inner' },
    });
    expect(text).not.toMatch(STACK);
  });

  it('leaves other answers as they are', async () => {
    expect((await ask(portal().app, 'localhost')).body).toEqual({
      token: 'secret',
      stack: 'a name like any other',
    });
    expect(withoutStacks([{ stack: 'x', a: 1 }, null, 'text'])).toEqual([
      { a: 1 },
      null,
      'text',
    ]);
  });
});
