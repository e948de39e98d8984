import { z } from 'zod';
import { stepVariables } from '../config/env';

/**
 * The environment of the two commands: the part of a step's that reading a page needs. Nothing has to be set. Durations are in
 * milliseconds.
 */
export const commandEnvSchema = stepVariables
  .pick({
    BROWSER_WS_ENDPOINT: true,
    BROWSER_TOKEN: true,
    CHROMIUM_PATH: true,
    EGRESS_PROXY_URL: true,
    EGRESS_PROXY_TOKEN: true,
    RETRY_BASE_MS: true,
    RETRY_TIMEOUT_MS: true,
    PAGE_TIMEOUT_MS: true,
    PAGE_SETTLE_MS: true,
    PAGE_MAX_BYTES: true,
    CRAWL_DELAY_CAP_MS: true,
    RETRY_AFTER_CAP_MS: true,
    ROBOTS: true,
    SCRAPE_CONTACT: true,
  })
  .extend({
    /** Pages that `extract` reads at once. */
    EXTRACT_CONCURRENCY: z.preprocess(
      value => (value === '' ? undefined : value),
      z.coerce.number().int().min(1).max(64).optional(),
    ),
  });
export type CommandEnv = z.infer<typeof commandEnvSchema>;
