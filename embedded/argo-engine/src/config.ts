import { availableParallelism } from 'node:os';
import { z } from 'zod';

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const environmentSchema = z.object({
  KUBECONFIG: z.string().min(1),
  ENGINE_DATA_DIR: z.string().min(1),
  POD_LOGS_DIR: z.string().min(1),
  /** JSON: image name -> folder of the image -> folder here. */
  ENGINE_IMAGES: json.pipe(
    z.record(z.string(), z.record(z.string(), z.string())),
  ),
  ENGINE_SLOTS: z.coerce.number().int().min(1).optional(),
  ENGINE_PARALLELISM: z.coerce.number().int().min(1).optional(),
  ENGINE_GRACE_MS: z.coerce.number().int().min(0).default(5000),
  LOG_LEVEL: z.string().default('info'),
});

/** All settings of the engine; every problem is named at once. */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    throw new Error(
      `workflow engine: ${parsed.error.issues
        .map(issue => `${issue.path.join('.')} ${issue.message}`)
        .join('; ')}`,
    );
  }
  const { data } = parsed;
  // The two steps that run side by side must never wait for each other.
  const slots = data.ENGINE_SLOTS ?? Math.max(2, availableParallelism());
  return {
    kubeconfig: data.KUBECONFIG,
    dataDir: data.ENGINE_DATA_DIR,
    podLogsDir: data.POD_LOGS_DIR,
    images: data.ENGINE_IMAGES,
    slots,
    parallelism: data.ENGINE_PARALLELISM ?? slots,
    graceMs: data.ENGINE_GRACE_MS,
    logLevel: data.LOG_LEVEL,
  };
}
