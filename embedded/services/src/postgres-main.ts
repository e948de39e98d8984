import { z } from 'zod';
import { listenAddressSchema } from './listen-address';
import { startPostgres } from './postgres-server';
import { runService } from './run-service';

const environmentSchema = z.object({
  POSTGRES_LISTEN: listenAddressSchema,
  POSTGRES_DATA_DIR: z.string().min(1),
  POSTGRES_PASSWORD: z.string().min(8),
});

await runService('postgres', async () => {
  const environment = environmentSchema.parse(process.env);
  const { host, port } = environment.POSTGRES_LISTEN;
  const postgres = await startPostgres({
    host,
    port,
    directory: environment.POSTGRES_DATA_DIR,
    password: environment.POSTGRES_PASSWORD,
  });
  return { where: new URL(postgres.url).host, close: postgres.close };
});
