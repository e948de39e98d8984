import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJsonFile, writeFileWhole } from '@agentworkloads/processes';

const credentialsSchema = z.object({
  s3AccessKey: z.string().min(16),
  s3SecretKey: z.string().min(32),
  postgresPassword: z.string().min(32),
  egressToken: z.string().min(32),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** What the services of this installation want from their clients; made once, kept for the owner only. */
export async function ensureCredentials(file: string): Promise<Credentials> {
  const present = credentialsSchema.safeParse(await readJsonFile(file));
  if (present.success) {
    return present.data;
  }
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const fresh: Credentials = {
    s3AccessKey: secret(10),
    s3SecretKey: secret(20),
    postgresPassword: secret(20),
    egressToken: secret(20),
  };
  await writeFileWhole(file, JSON.stringify(fresh));
  return fresh;
}
