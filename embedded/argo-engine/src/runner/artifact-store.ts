import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'minio';
import { z } from 'zod';
import { KINDS, type Cluster } from '../cluster';
import type { ArtifactRepositoryRef } from '../core/model';

/** Where artifacts with only a key lie. */
export interface ArtifactStore {
  fetch(key: string, file: string): Promise<void>;
  save(key: string, file: string): Promise<void>;
}

const secretKey = z.looseObject({ name: z.string(), key: z.string() });
const s3Schema = z.looseObject({
  endpoint: z.string(),
  bucket: z.string(),
  region: z.string().optional(),
  insecure: z.boolean().optional(),
  accessKeySecret: secretKey,
  secretKeySecret: secretKey,
});

async function secretValue(
  cluster: Cluster,
  namespace: string,
  ref: z.infer<typeof secretKey>,
): Promise<string> {
  const secret = (await cluster.find(KINDS.secrets, namespace, ref.name)) as
    | { data?: Record<string, string> }
    | undefined;
  const value = secret?.data?.[ref.key];
  if (value === undefined) {
    throw new Error(
      `the artifact repository's credentials are missing: Secret "${ref.name}", key "${ref.key}"`,
    );
  }
  return Buffer.from(value, 'base64').toString('utf8');
}

/** Argo's executor tries this often, with pauses of 1 s × 1.6ⁿ. */
const TRIES = 5;
/** A store that takes the connection and then says nothing must not hold a step for ever. */
const TRY_TIMEOUT_MS = 20_000;

async function withinTime(action: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Error(
            `the object storage gave no answer in ${TRY_TIMEOUT_MS / 1000} s`,
          ),
        ),
      TRY_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([action, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function withRetries(action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withinTime(action());
      return;
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise(resolve =>
        setTimeout(resolve, 1000 * 1.6 ** (attempt - 1)),
      );
    }
  }
}

/** The store that a Workflow's artifact repository names; credentials come from the Secret it refers to. */
export async function openArtifactStore(
  cluster: Cluster,
  namespace: string,
  repository: ArtifactRepositoryRef | undefined,
): Promise<ArtifactStore> {
  const parsed = s3Schema.safeParse(repository?.artifactRepository?.s3);
  if (!parsed.success) {
    throw new Error(
      'the Workflow has no S3 artifact repository: give its namespace a ConfigMap "artifact-repositories"',
    );
  }
  const { endpoint, bucket, region, insecure } = parsed.data;
  const url = new URL(`${insecure ? 'http' : 'https'}://${endpoint}`);
  const client = new Client({
    endPoint: url.hostname,
    port: url.port ? Number(url.port) : undefined,
    useSSL: !insecure,
    region: region ?? 'us-east-1',
    pathStyle: true,
    accessKey: await secretValue(
      cluster,
      namespace,
      parsed.data.accessKeySecret,
    ),
    secretKey: await secretValue(
      cluster,
      namespace,
      parsed.data.secretKeySecret,
    ),
  });
  return {
    async fetch(key, file) {
      await mkdir(path.dirname(file), { recursive: true });
      await withRetries(() => client.fGetObject(bucket, key, file));
    },
    async save(key, file) {
      await withRetries(async () => {
        await client.fPutObject(bucket, key, file);
      });
    },
  };
}

export async function writeRaw(file: string, data: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, data);
}
