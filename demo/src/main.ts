import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { z } from 'zod';
import { createDemoServer } from './server';
import { VERSIONS } from './site';
import { COMPETITORS } from './sites/portal';
import { createVersionStore } from './version-store';

const envSchema = z.object({
  DEMO_LISTEN: z
    .string()
    .regex(/^[^:]+:\d{1,5}$/, 'host:port')
    .default('127.0.0.1:4180'),
  DEMO_STATE_FILE: z.string().min(1).optional(),
  DEMO_VERSION: z.coerce
    .number()
    .pipe(z.literal([...VERSIONS]))
    .optional(),
});

function log(fields: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ name: 'demo-site', ...fields })}\n`);
}

function main(): void {
  const env = envSchema.safeParse(process.env);
  if (!env.success) {
    for (const issue of env.error.issues)
      log({ level: 'error', msg: `${issue.path.join('.')}: ${issue.message}` });
    process.exitCode = 20;
    return;
  }
  const [host, port] = env.data.DEMO_LISTEN.split(':');
  const server = createDemoServer(
    createVersionStore(
      COMPETITORS.map(({ id }) => id),
      {
        initial: env.data.DEMO_VERSION,
        pinned: env.data.DEMO_VERSION !== undefined,
        file: env.data.DEMO_STATE_FILE,
      },
    ),
  );
  server.on('error', error => {
    log({
      level: 'error',
      msg: `the demo site can't listen: ${error.message}`,
    });
    process.exitCode = 10;
  });
  server.listen(Number(port), host, () => {
    const address = server.address() as AddressInfo;
    log({
      level: 'info',
      msg: 'demo site ready',
      host: address.address,
      port: address.port,
    });
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main();
