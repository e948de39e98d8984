import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The configuration is wrong: the message says what to mend. */
export class AccessError extends Error {
  readonly name = 'AccessError';
}

const text = z.string().optional();
const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority-data': text,
  'certificate-authority': text,
  'insecure-skip-tls-verify': z.boolean().default(false),
  'tls-server-name': text,
  'proxy-url': text,
});
const userSchema = z.object({
  token: text,
  tokenFile: text,
  'client-certificate-data': text,
  'client-certificate': text,
  'client-key-data': text,
  'client-key': text,
  username: text,
  password: text,
  as: text,
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
});
const name = z.string();
const contextSchema = z.object({
  cluster: z.string(),
  user: z.string().default(''),
});
const kubeconfigSchema = z.object({
  'current-context': text,
  contexts: z.array(z.object({ name, context: contextSchema })).nullish(),
  clusters: z.array(z.object({ name, cluster: clusterSchema })).nullish(),
  users: z.array(z.object({ name, user: userSchema.nullish() })).nullish(),
});

export type KubeconfigCluster = z.infer<typeof clusterSchema>;
export type KubeconfigUser = z.infer<typeof userSchema>;

/** One context of a kubeconfig. */
export interface KubeconfigContext {
  file: string;
  /** The whole text, for who reads it once more. */
  raw: string;
  context: string;
  clusterName: string;
  cluster: KubeconfigCluster;
  user: KubeconfigUser;
}

function parseYaml(raw: string): unknown {
  try {
    return parse(raw) ?? {};
  } catch {
    // The parser's message quotes lines, which may be secrets.
    return undefined;
  }
}

/**
 * @param context without it the current one
 * @param whose completes "The kubeconfig … (FILE) can't be read"
 * @throws AccessError
 */
export function readKubeconfig(
  file: string,
  context?: string,
  whose = '',
): KubeconfigContext {
  const bad = (what: string) =>
    new AccessError(`The kubeconfig ${whose}(${file}) ${what}`);
  let raw: string;
  try {
    raw = readFileSync(file, 'utf8');
  } catch (error) {
    throw bad(`can't be read: ${(error as Error).message}`);
  }
  const parsed = kubeconfigSchema.safeParse(parseYaml(raw));
  if (!parsed.success) {
    throw bad(`is not a kubeconfig: ${z.prettifyError(parsed.error)}`);
  }
  const { data } = parsed;
  const contexts = data.contexts ?? [];
  const wanted = context ?? data['current-context'] ?? '';
  const chosen = contexts.find(one => one.name === wanted)?.context;
  if (!chosen) {
    throw bad(
      `has no context "${wanted}"; it has: ${
        contexts.map(one => one.name).join(', ') || 'none'
      }. Name one of them, or set current-context: kubectl config use-context NAME`,
    );
  }
  const cluster = data.clusters?.find(
    one => one.name === chosen.cluster,
  )?.cluster;
  if (!cluster) throw bad(`has no cluster "${chosen.cluster}"`);
  return {
    file,
    raw,
    context: wanted,
    clusterName: chosen.cluster,
    cluster,
    user: data.users?.find(one => one.name === chosen.user)?.user ?? {},
  };
}

/** Text that stands in the kubeconfig as base64, or in a file beside it. */
export function inlineOrBeside(
  context: Pick<KubeconfigContext, 'file'>,
  base64: string | undefined,
  beside: string | undefined,
): string | undefined {
  if (base64) return Buffer.from(base64, 'base64').toString();
  return beside ? textBeside(context, beside) : undefined;
}

/**
 * The text of a file that the kubeconfig names.
 * @throws AccessError
 */
export function textBeside(
  { file }: Pick<KubeconfigContext, 'file'>,
  beside: string,
): string {
  try {
    return readFileSync(path.resolve(path.dirname(file), beside), 'utf8');
  } catch (error) {
    throw new AccessError(
      `The kubeconfig (${file}) names a file that can't be read: ${
        (error as Error).message
      }`,
    );
  }
}
