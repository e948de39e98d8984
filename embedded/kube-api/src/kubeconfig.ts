import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';

export interface KubeconfigInput {
  url: string;
  caPem: string;
  token: string;
  /** Default namespace of the context. */
  namespace?: string;
  /** Name of the user entry; says who the token is. */
  user?: string;
}

/** A kubeconfig with everything inside, for `kubectl` and every client library. */
export function buildKubeconfig(input: KubeconfigInput): string {
  const user = input.user ?? 'admin';
  const name = 'agentworkloads-standalone';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: {
          server: input.url,
          'certificate-authority-data': Buffer.from(input.caPem).toString(
            'base64',
          ),
        },
      },
    ],
    users: [{ name: user, user: { token: input.token } }],
    contexts: [
      {
        name,
        context: {
          cluster: name,
          user,
          namespace: input.namespace ?? 'agentworkloads',
        },
      },
    ],
    'current-context': name,
  });
}

/** Readable by the owner only, and never half written. */
export function writeKubeconfig(path: string, input: KubeconfigInput): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, buildKubeconfig(input), { mode: 0o600 });
  renameSync(draft, path);
}
