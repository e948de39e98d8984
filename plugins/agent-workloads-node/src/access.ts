import { readFile, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { assertServer, type ClusterAccess } from './settings';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What a connection needs; `token` is asked before each request, for a mounted one changes. */
export interface ResolvedAccess {
  server: string;
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  skipTLSVerify: boolean;
  token(): Promise<string | undefined>;
}

const text = z.string().optional();
const kubeconfigSchema = z.object({
  'current-context': text,
  contexts: z
    .array(
      z.object({
        name: z.string(),
        context: z.object({ cluster: z.string(), user: z.string() }),
      }),
    )
    .default([]),
  clusters: z
    .array(
      z.object({
        name: z.string(),
        cluster: z.object({
          server: z.string(),
          'certificate-authority-data': text,
          'certificate-authority': text,
          'insecure-skip-tls-verify': z.boolean().default(false),
          'tls-server-name': text,
        }),
      }),
    )
    .default([]),
  users: z
    .array(
      z.object({
        name: z.string(),
        user: z
          .looseObject({
            token: text,
            tokenFile: text,
            'client-certificate-data': text,
            'client-certificate': text,
            'client-key-data': text,
            'client-key': text,
          })
          .nullish(),
      }),
    )
    .default([]),
});

const decode = (base64: string) => Buffer.from(base64, 'base64').toString();

/** A file's token, read again when the file changes. */
function tokenFromFile(file: string): () => Promise<string> {
  let last: { mtimeMs: number; token: string } | undefined;
  return async () => {
    const { mtimeMs } = await stat(file);
    if (last?.mtimeMs !== mtimeMs) {
      last = { mtimeMs, token: (await readFile(file, 'utf8')).trim() };
    }
    return last.token;
  };
}

function parseYaml(raw: string): unknown {
  try {
    return parse(raw) ?? {};
  } catch {
    return undefined;
  }
}

function resolveKubeconfig(
  access: Extract<ClusterAccess, { kind: 'kubeconfig' }>,
  name: string,
): ResolvedAccess {
  const file = path.resolve(access.path);
  const bad = (what: string) =>
    new InputError(`The kubeconfig of cluster "${name}" (${file}) ${what}`);
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
  const config = parsed.data;
  const wanted = access.context ?? config['current-context'];
  const context = config.contexts.find(one => one.name === wanted)?.context;
  if (!context) {
    throw bad(
      `has no context "${wanted ?? ''}"; it has: ${
        config.contexts.map(one => one.name).join(', ') || 'none'
      }`,
    );
  }
  const cluster = config.clusters.find(
    one => one.name === context.cluster,
  )?.cluster;
  if (!cluster) {
    throw bad(`has no cluster "${context.cluster}"`);
  }
  const user =
    config.users.find(one => one.name === context.user)?.user ?? undefined;
  if (user && (user.exec || user['auth-provider'])) {
    throw bad(
      'gets its credentials from another program, which a portal can not run; give it a ServiceAccount token',
    );
  }
  const beside = (relative: string) =>
    path.resolve(path.dirname(file), relative);
  const inline = (data: string | undefined, of: string | undefined) =>
    (data && decode(data)) ||
    (of && readFileSync(beside(of), 'utf8')) ||
    undefined;
  const token = user?.tokenFile
    ? tokenFromFile(beside(user.tokenFile))
    : async () => user?.token;
  return {
    server: assertServer(cluster.server, name),
    ca: inline(
      cluster['certificate-authority-data'],
      cluster['certificate-authority'],
    ),
    cert: inline(
      user?.['client-certificate-data'],
      user?.['client-certificate'],
    ),
    key: inline(user?.['client-key-data'], user?.['client-key']),
    servername: cluster['tls-server-name'],
    skipTLSVerify: cluster['insecure-skip-tls-verify'],
    token,
  };
}

function resolveInCluster(): ResolvedAccess {
  const host = process.env.KUBERNETES_SERVICE_HOST;
  const port = process.env.KUBERNETES_SERVICE_PORT ?? '443';
  if (!host) {
    throw new InputError(
      'agentWorkloads.clusters says inCluster, but the portal does not run in a pod; use kubeconfig or url',
    );
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: readFileSync(`${SERVICE_ACCOUNT}/ca.crt`, 'utf8'),
    skipTLSVerify: false,
    token: tokenFromFile(`${SERVICE_ACCOUNT}/token`),
  };
}

/** @throws InputError that says what to mend in the configuration */
export function resolveAccess(
  access: ClusterAccess,
  name: string,
): ResolvedAccess {
  switch (access.kind) {
    case 'kubeconfig':
      return resolveKubeconfig(access, name);
    case 'inCluster':
      return resolveInCluster();
    default:
      return {
        server: access.url,
        ca: access.caData
          ? decode(access.caData)
          : access.caFile && readFileSync(access.caFile, 'utf8'),
        skipTLSVerify: access.skipTLSVerify,
        token: access.tokenFile
          ? tokenFromFile(access.tokenFile)
          : async () => access.token,
      };
  }
}
