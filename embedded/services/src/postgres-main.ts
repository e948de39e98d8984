import { z } from 'zod';
import { listenAddressSchema } from './listen-address';
import { startPostgres } from './postgres/server';
import { runService } from './run-service';

const environmentSchema = z.object({
  POSTGRES_LISTEN: listenAddressSchema,
  POSTGRES_DATA_DIR: z.string().min(1),
  /** `name=password`, with commas. */
  POSTGRES_DATABASES: z.string().transform((text, context) =>
    text.split(',').map(entry => {
      const [, name, password] = /^([a-z_]+)=(\S{16,})$/.exec(entry) ?? [];
      if (!name) {
        // Not the entry, which holds a password.
        context.addIssue({
          code: 'custom',
          message: 'must be NAME=PASSWORD, passwords of 16 characters or more',
        });
        return z.NEVER;
      }
      return { name, password };
    }),
  ),
});

await runService('postgres', async () => {
  const environment = environmentSchema.parse(process.env);
  const { host, port } = environment.POSTGRES_LISTEN;
  const postgres = await startPostgres({
    host,
    port,
    folder: environment.POSTGRES_DATA_DIR,
    databases: environment.POSTGRES_DATABASES,
    durable: true,
    log: text => process.stderr.write(text),
  });
  return { ...postgres, where: `${host}:${postgres.port}` };
});
