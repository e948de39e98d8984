import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJsonFile, writeFileWhole } from '@agentworkloads/processes';

const credentialsSchema = z.object({
  s3AccessKey: z.string().min(16),
  s3SecretKey: z.string().min(32),
  /** Of the steps' user of the database. */
  checkpointsPassword: z.string().min(32),
  /** Of the portal's user of the database. */
  portalPassword: z.string().min(32),
  egressToken: z.string().min(32),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** What is there already, of a version before this one perhaps: not all of it, or nothing. */
export async function readCredentials(
  file: string,
): Promise<Partial<Credentials>> {
  const found = credentialsSchema.partial().safeParse(await readJsonFile(file));
  return found.success ? found.data : {};
}

/** What the services of this installation want from their clients; made once, kept for the owner only. */
export async function ensureCredentials(file: string): Promise<Credentials> {
  const present = await readCredentials(file);
  const whole = credentialsSchema.safeParse(present);
  if (whole.success) {
    return whole.data;
  }
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const credentials: Credentials = {
    s3AccessKey: secret(10),
    s3SecretKey: secret(20),
    checkpointsPassword: secret(20),
    portalPassword: secret(20),
    egressToken: secret(20),
    ...present,
  };
  await writeFileWhole(file, JSON.stringify(credentials));
  return credentials;
}
