import { readEnv } from './env';
import { createLogger } from './log';
import { startEgressProxy } from './proxy';
import { createResolver } from './resolver';
import { parseHostPattern, parseResolveEntry } from './rules';

/** How long open connections may go on after SIGTERM. */
const GRACE_MS = 10_000;

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const logger = createLogger(env.LOG_LEVEL, [env.EGRESS_PROXY_TOKEN]);
  const proxy = await startEgressProxy(
    {
      rules: {
        allowedPorts: env.EGRESS_ALLOWED_PORTS,
        allow: env.EGRESS_ALLOW.map(parseHostPattern),
        resolve: env.EGRESS_RESOLVE.map(parseResolveEntry),
      },
      limits: {
        maxResponseBytes: env.EGRESS_MAX_RESPONSE_BYTES,
        maxTunnelBytes: env.EGRESS_MAX_TUNNEL_BYTES,
        maxConnections: env.EGRESS_MAX_CONNECTIONS,
        connectTimeoutMs: env.EGRESS_CONNECT_TIMEOUT_MS,
        idleTimeoutMs: env.EGRESS_IDLE_TIMEOUT_MS,
        totalTimeoutMs: env.EGRESS_TOTAL_TIMEOUT_MS,
      },
      token: env.EGRESS_PROXY_TOKEN,
      resolver: createResolver(),
      log: record => logger.info(record, 'egress'),
    },
    env.EGRESS_LISTEN,
  );
  logger.info(
    {
      host: env.EGRESS_LISTEN.host,
      port: proxy.port,
      allow: env.EGRESS_ALLOW,
      resolve: env.EGRESS_RESOLVE,
    },
    'egress proxy listens',
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'stopping');
      proxy.close(GRACE_MS).then(
        () => process.exit(0),
        (err: unknown) => {
          logger.error({ err }, 'did not stop in order');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: Error) => {
  createLogger('info', []).fatal(
    `The egress proxy can't start: ${error.message}`,
  );
  process.exit(1);
});
