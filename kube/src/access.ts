import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defined, type Credentials } from './credentials';
import {
  AccessError,
  inlineOrBeside,
  readKubeconfig,
  textBeside,
  type KubeconfigContext,
} from './kubeconfig';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How a cluster is reached. */
export type Access =
  | { kind: 'kubeconfig'; path: string; context?: string }
  | { kind: 'inCluster' }
  | {
      kind: 'url';
      url: string;
      /** As a function it is asked again every 30 seconds and after a 401, and keeps itself what is still good. */
      token?: string | (() => Promise<string>);
      tokenFile?: string;
      /** Base64, as in a kubeconfig. */
      caData?: string;
      caFile?: string;
      skipTLSVerify: boolean;
    };

export interface AccessOptions {
  /**
   * Whether a kubeconfig may name a program (`exec`, `auth-provider`) that gives the credentials. Who may act as
   * other people runs no program that a file names.
   */
  programs: 'run' | 'refuse';
  /** The cluster's name, for messages. */
  name?: string;
}

export interface Login {
  /** Base URL without a trailing slash. */
  server: string;
  proxyUrl?: string;
  /** Reads everything anew, for files are rotated. */
  read(): Promise<Credentials>;
}

/**
 * A token must not travel in the clear, except to this machine itself.
 * @returns the address without a trailing slash
 * @throws AccessError
 */
export function safeServer(server: string, name = ''): string {
  const url = URL.parse(server);
  const whose = name ? ` of cluster "${name}"` : '';
  if (!url) {
    throw new AccessError(
      `The address${whose} is not a URL; write for example https://127.0.0.1:6443`,
    );
  }
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new AccessError(
      `The address${whose} must be https (http is accepted on loopback only)`,
    );
  }
  return server.replace(/\/+$/, '');
}

const bearer = (token: string | undefined): Record<string, string> =>
  // A token file may end in a line break, which no header may hold.
  token ? { authorization: `Bearer ${token.trim()}` } : {};

function userHeaders(context: KubeconfigContext): Record<string, string> {
  const { user } = context;
  const tokenFile =
    user.tokenFile ?? fileProvider(user['auth-provider']) ?? undefined;
  // kubectl's order: the file wins.
  if (tokenFile) return bearer(textBeside(context, tokenFile));
  if (user.token) return bearer(user.token);
  if (user.username === undefined) return {};
  const pair = `${user.username}:${user.password ?? ''}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** client-node's own form for a token in a file: no program. */
function fileProvider(provider: unknown): string | undefined {
  const { name, config } = (provider ?? {}) as {
    name?: string;
    config?: { tokenFile?: string };
  };
  return name === 'tokenFile' ? config?.tokenFile : undefined;
}

function needsProgram({ user }: KubeconfigContext): boolean {
  if (user.exec) return true;
  const provider = user['auth-provider'];
  return Boolean(provider) && fileProvider(provider) === undefined;
}

function readPlainly(found: KubeconfigContext): Credentials {
  const { cluster, user } = found;
  return {
    tls: defined({
      ca: inlineOrBeside(
        found,
        cluster['certificate-authority-data'],
        cluster['certificate-authority'],
      ),
      cert: inlineOrBeside(
        found,
        user['client-certificate-data'],
        user['client-certificate'],
      ),
      key: inlineOrBeside(found, user['client-key-data'], user['client-key']),
      servername: cluster['tls-server-name'],
      rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
    }),
    headers: userHeaders(found),
  };
}

function kubeconfigLogin(
  access: Extract<Access, { kind: 'kubeconfig' }>,
  { programs, name }: AccessOptions,
): Login {
  const file = path.resolve(access.path);
  const whose = name ? `of cluster "${name}" ` : '';
  const found = readKubeconfig(file, access.context, whose);
  const refuse = (what: string) =>
    new AccessError(`The kubeconfig ${whose}(${file}) ${what}`);
  const judge = (context: KubeconfigContext) => {
    if (programs === 'refuse' && needsProgram(context)) {
      throw refuse(
        'gets its credentials from another program, which is not run here; give it a ServiceAccount token',
      );
    }
    if (context.user.as !== undefined) {
      throw refuse(
        'acts as somebody else; give it credentials of the account itself',
      );
    }
    return context;
  };
  judge(found);
  return {
    server: safeServer(found.cluster.server, name),
    proxyUrl: found.cluster['proxy-url'],
    read: async () => {
      const now = judge(readKubeconfig(file, found.context, whose));
      if (!needsProgram(now)) return readPlainly(now);
      // It brings client-node, which takes a second and 85 MB to load: only where nothing else will do.
      const { readByProgram } = await import('./programs');
      return readByProgram(now);
    },
  };
}

function inClusterLogin(): Login {
  const host = process.env.KUBERNETES_SERVICE_HOST;
  const port = process.env.KUBERNETES_SERVICE_PORT ?? '443';
  if (!host) {
    throw new AccessError(
      'The account of the pod is wanted (inCluster), but this process does not run in a pod; name a kubeconfig or a url',
    );
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    read: async () => ({
      tls: { ca: readFileSync(`${SERVICE_ACCOUNT}/ca.crt`, 'utf8') },
      headers: bearer(readFileSync(`${SERVICE_ACCOUNT}/token`, 'utf8')),
    }),
  };
}

function urlLogin(
  access: Extract<Access, { kind: 'url' }>,
  name?: string,
): Login {
  const { caData, caFile, token, tokenFile } = access;
  return {
    server: safeServer(access.url, name),
    read: async () => ({
      tls: defined({
        ca: caData
          ? Buffer.from(caData, 'base64').toString()
          : caFile && readFileSync(caFile, 'utf8'),
        rejectUnauthorized: !access.skipTLSVerify,
      }),
      headers: bearer(
        tokenFile
          ? readFileSync(tokenFile, 'utf8')
          : typeof token === 'function'
          ? await token()
          : token,
      ),
    }),
  };
}

/** @throws AccessError that says what to mend in the configuration */
export function resolveAccess(access: Access, options: AccessOptions): Login {
  switch (access.kind) {
    case 'kubeconfig':
      return kubeconfigLogin(access, options);
    case 'inCluster':
      return inClusterLogin();
    default:
      return urlLogin(access, options.name);
  }
}
