import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform(text =>
    text
      .split(',')
      .map(entry => entry.trim())
      .filter(Boolean),
  );

const bytes = (fallback: number) =>
  z.coerce.number().int().min(1024).default(fallback);
const milliseconds = (fallback: number) =>
  z.coerce.number().int().min(10).default(fallback);

/** The environment of the egress proxy. Durations are in milliseconds. */
const environment = z.object({
  EGRESS_LISTEN: z
    .string()
    .default('0.0.0.0:3128')
    .transform((text, context) => {
      const match = /^(.*):(\d{1,5})$/.exec(text);
      if (!match || Number(match[2]) > 65535) {
        context.addIssue({ code: 'custom', message: 'must be host:port' });
        return z.NEVER;
      }
      return {
        host: match[1].replace(/^\[|\]$/g, '') || '0.0.0.0',
        port: Number(match[2]),
      };
    }),
  EGRESS_ALLOW: list,
  EGRESS_RESOLVE: list,
  EGRESS_ALLOWED_PORTS: z
    .string()
    .default('80,443')
    .transform((text, context) => {
      const ports = text
        .split(',')
        .map(port => port.trim())
        .filter(Boolean)
        .map(Number);
      if (
        ports.some(port => !Number.isInteger(port) || port < 1 || port > 65535)
      ) {
        context.addIssue({
          code: 'custom',
          message: 'must be a comma list of ports',
        });
        return z.NEVER;
      }
      return ports;
    }),
  /** Signs the visits' credentials; a request without one is answered 407. */
  EGRESS_PROXY_TOKEN: z
    .string('must be the token that the steps sign their visits with')
    .min(16, 'must have at least 16 characters'),
  /** Of one plain HTTP response. */
  EGRESS_MAX_RESPONSE_BYTES: bytes(64 * 1024 * 1024),
  /** Of one tunnel: many responses share it. */
  EGRESS_MAX_TUNNEL_BYTES: bytes(256 * 1024 * 1024),
  EGRESS_MAX_CONNECTIONS: z.coerce.number().int().min(1).default(512),
  EGRESS_CONNECT_TIMEOUT_MS: milliseconds(10_000),
  EGRESS_IDLE_TIMEOUT_MS: milliseconds(60_000),
  EGRESS_TOTAL_TIMEOUT_MS: milliseconds(600_000),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info'),
});
export type EgressEnv = z.infer<typeof environment>;

/** @throws Error that lists every problem by the name of its variable, and shows no value */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
): EgressEnv {
  const read = environment.safeParse(env);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    issue => `${issue.path.join('.')}: ${issue.message}`,
  );
  throw new Error(`The environment is not usable. ${problems.join('; ')}`);
}
