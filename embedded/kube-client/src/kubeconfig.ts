import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** How to reach an API server with a token. */
export interface KubeAccess {
  server: string;
  caPem: string;
  token: string;
}

/** How to reach an API server as whoever a kubeconfig names: by a token, a certificate or both. */
export interface ClientAccess {
  server: string;
  /** Absent: the certificates that Node trusts. */
  caPem?: string;
  /** The name in the server's certificate, where it is not that of its address. */
  serverName?: string;
  token?: string;
  certPem?: string;
  keyPem?: string;
}

const kubeconfigSchema = z.looseObject({
  'current-context': z.string(),
  clusters: z.array(
    z.looseObject({
      name: z.string(),
      cluster: z.looseObject({
        server: z.url(),
        'certificate-authority-data': z.string(),
      }),
    }),
  ),
  users: z.array(
    z.looseObject({
      name: z.string(),
      user: z.looseObject({ token: z.string() }),
    }),
  ),
  contexts: z.array(
    z.looseObject({
      name: z.string(),
      context: z.looseObject({ cluster: z.string(), user: z.string() }),
    }),
  ),
});

/** Reads the current context of a kubeconfig of the form that {@link formatKubeconfig} writes. */
export async function readKubeconfig(file: string): Promise<KubeAccess> {
  const config = kubeconfigSchema.parse(parse(await readFile(file, 'utf8')));
  const context = config.contexts.find(
    ({ name }) => name === config['current-context'],
  )?.context;
  const cluster = config.clusters.find(
    ({ name }) => name === context?.cluster,
  )?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) {
    throw new Error(
      `${file}: the context "${config['current-context']}" names a cluster or user that is not there`,
    );
  }
  return {
    server: cluster.server,
    caPem: Buffer.from(
      cluster['certificate-authority-data'],
      'base64',
    ).toString('utf8'),
    token: user.token,
  };
}

function format(
  access: ClientAccess,
  names: { cluster: string; user: string; namespace: string },
  user: object,
): string {
  const { caPem, serverName } = access;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names.cluster,
    clusters: [
      {
        name: names.cluster,
        cluster: {
          server: access.server,
          ...(caPem && {
            'certificate-authority-data': Buffer.from(caPem).toString('base64'),
          }),
          ...(serverName && { 'tls-server-name': serverName }),
        },
      },
    ],
    users: [{ name: names.user, user }],
    contexts: [
      {
        name: names.cluster,
        context: {
          cluster: names.cluster,
          user: names.user,
          namespace: names.namespace,
        },
      },
    ],
  });
}

/** A kubeconfig with inline credentials; keep the file to its owner. */
export function formatKubeconfig(
  access: KubeAccess,
  names: { cluster: string; user: string; namespace: string },
): string {
  return format(access, names, { token: access.token });
}

/**
 * A kubeconfig whose token is in a file that changes, in the form in which `@kubernetes/client-node`
 * reads it again; kubectl does not know it.
 */
export function formatTokenFileKubeconfig(
  access: ClientAccess,
  tokenFile: string,
  names: { user: string; namespace: string },
): string {
  return format(
    access,
    { cluster: 'cluster', ...names },
    { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } },
  );
}
