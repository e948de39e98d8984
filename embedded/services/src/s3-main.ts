import { z } from 'zod';
import { listenAddressSchema } from './listen-address';
import { runService } from './run-service';
import { startS3 } from './s3-server';

const environmentSchema = z.object({
  S3_LISTEN: listenAddressSchema,
  S3_DATA_DIR: z.string().min(1),
  S3_BUCKET: z.string().min(3),
  S3_ACCESS_KEY: z.string().min(8),
  S3_SECRET_KEY: z.string().min(16),
  S3_ALLOW_HOSTS: z
    .string()
    .default('')
    .transform(text => text.split(',').filter(Boolean)),
});

await runService('s3', async () => {
  const environment = environmentSchema.parse(process.env);
  const s3 = await startS3({
    ...environment.S3_LISTEN,
    directory: environment.S3_DATA_DIR,
    bucket: environment.S3_BUCKET,
    accessKey: environment.S3_ACCESS_KEY,
    secretKey: environment.S3_SECRET_KEY,
    allowHosts: environment.S3_ALLOW_HOSTS,
  });
  return { where: s3.endpoint, close: s3.close };
});
