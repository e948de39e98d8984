import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  hostRefusal,
  isServedHost,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { RequestHandler, Response } from 'express';
import type { RootHttpRouterConfigureContext } from '@backstage/backend-defaults/rootHttpRouter';

type Context = Pick<
  RootHttpRouterConfigureContext,
  'app' | 'server' | 'config' | 'applyDefaults'
>;

/**
 * The names under which the portal is served: `backend.allowedHosts`. With the demo sign-in, which asks for no password,
 * only this machine's own where none are named; otherwise undefined: all, as whoever publishes it decides.
 */
function servedNames(
  config: Context['config'],
  nodeEnv: string | undefined,
): string[] | undefined {
  const named = config.getOptionalStringArray('backend.allowedHosts');
  return named ?? (nodeEnv === 'development' ? [] : undefined);
}

const checkHost =
  (names: readonly string[]): RequestHandler =>
  (request, response, next) => {
    const { host } = request.headers;
    if (isServedHost(host, names)) {
      next();
      return;
    }
    response.status(421).json({
      error: { name: 'MisdirectedRequest', message: hostRefusal(host) },
      response: { statusCode: 421 },
    });
  };

/**
 * A connection that becomes a web socket does not come by the routes once somebody listens for such. We listen before
 * the first who does, and not earlier: Backstage's signals begin at the first request of this kind that reaches their
 * route, and with any listener on the server none would. Until then the routes check it as any request.
 */
function checkHostOfUpgrades(server: Server, names: readonly string[]): void {
  const check = (request: IncomingMessage, socket: Duplex) => {
    if (!isServedHost(request.headers.host, names)) socket.destroy();
  };
  const beforeTheFirst = (event: string | symbol) => {
    if (event !== 'upgrade') return;
    server.off('newListener', beforeTheFirst);
    server.prependListener('upgrade', check);
  };
  server.on('newListener', beforeTheFirst);
}

/** The error as it may be sent: an error of Backstage carries its stack in development, with paths of this machine. */
export function withoutStacks(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutStacks);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name !== 'stack')
      .map(([name, value]) => [name, withoutStacks(value)]),
  );
}

/** In one place for all plugins: each makes its error answers by itself. */
const hideStacks: RequestHandler = (_request, response, next) => {
  const send = response.json.bind(response);
  response.json = ((body: unknown): Response => {
    const { error } = (body ?? {}) as { error?: unknown };
    return send(
      response.statusCode >= 400 && error !== undefined
        ? { ...(body as object), error: withoutStacks(error) }
        : body,
    );
  }) as Response['json'];
  next();
};

/** What every request meets first. */
export function configureRootRouter(
  { app, server, config, applyDefaults }: Context,
  nodeEnv = process.env.NODE_ENV,
): void {
  const names = servedNames(config, nodeEnv);
  if (names) {
    app.use(checkHost(names));
    checkHostOfUpgrades(server as unknown as Server, names);
  }
  app.use(hideStacks);
  applyDefaults();
}
