import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ClientAccess } from './kubeconfig';

const text = z.string().optional();
const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority-data': text,
  'certificate-authority': text,
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': text,
  'proxy-url': text,
});
const userSchema = z
  .object({
    token: text,
    tokenFile: text,
    'client-certificate-data': text,
    'client-certificate': text,
    'client-key-data': text,
    'client-key': text,
    exec: z.unknown().optional(),
    'auth-provider': z.unknown().optional(),
    username: text,
    as: text,
  })
  .nullish();
const name = z.string();
const kubeconfigSchema = z.object({
  'current-context': text,
  contexts: z
    .array(
      z.object({
        name,
        context: z.object({ cluster: z.string(), user: z.string() }),
      }),
    )
    .nullish(),
  clusters: z.array(z.object({ name, cluster: clusterSchema })).nullish(),
  users: z.array(z.object({ name, user: userSchema })).nullish(),
});

type User = NonNullable<z.infer<typeof userSchema>>;

export interface AdminKubeconfig {
  /** The name of the cluster in the file. */
  clusterName: string;
  access: ClientAccess;
}

/** Ways to authenticate that only kubectl knows. */
function unsupported(user: User): string | undefined {
  if (user.exec || user['auth-provider'])
    return 'gets its credentials from another program';
  if (user.username !== undefined) return 'has a user name and a password';
  if (user.as !== undefined) return 'acts as somebody else';
  return undefined;
}

/**
 * Reads the current context of anybody's kubeconfig: certificates and tokens, inline or in files.
 *
 * @throws Error that names the file and says what to mend
 */
export async function readAdminKubeconfig(
  file: string,
): Promise<AdminKubeconfig> {
  const bad = (what: string) => new Error(`The kubeconfig ${file} ${what}`);
  const raw = await readFile(file, 'utf8').catch(error => {
    throw bad(`can't be read: ${(error as Error).message}`);
  });
  const config = parseConfig(raw, bad);
  const wanted = config['current-context'];
  const context = config.contexts?.find(one => one.name === wanted)?.context;
  if (!context) {
    throw bad(
      `has no current context${
        wanted ? ` "${wanted}"` : ''
      }; choose one: kubectl config --kubeconfig FILE use-context NAME`,
    );
  }
  const cluster = config.clusters?.find(
    one => one.name === context.cluster,
  )?.cluster;
  if (!cluster) throw bad(`has no cluster "${context.cluster}"`);
  const user = config.users?.find(one => one.name === context.user)?.user ?? {};
  const why = unsupported(user);
  if (why) {
    throw bad(
      `${why}, which is not supported here; give it a client certificate, or a token of an account that may ask for tokens`,
    );
  }
  if (cluster['proxy-url']) throw bad('wants a proxy, which is not supported');
  if (cluster['insecure-skip-tls-verify'])
    throw bad(
      'does not check the certificate of the server; give it the certificate authority instead',
    );
  assertHttps(cluster.server, bad);

  const fileText = (beside: string) =>
    readFile(path.resolve(path.dirname(file), beside), 'utf8').catch(error => {
      throw bad(`names a file that can't be read: ${(error as Error).message}`);
    });
  const pem = async (data: string | undefined, beside: string | undefined) => {
    if (data) return Buffer.from(data, 'base64').toString('utf8');
    return beside ? fileText(beside) : undefined;
  };
  const access = {
    server: cluster.server.replace(/\/+$/, ''),
    caPem: await pem(
      cluster['certificate-authority-data'],
      cluster['certificate-authority'],
    ),
    serverName: cluster['tls-server-name'],
    // kubectl's order: the file wins.
    token: user.tokenFile
      ? (await fileText(user.tokenFile)).trim()
      : user.token,
    certPem: await pem(
      user['client-certificate-data'],
      user['client-certificate'],
    ),
    keyPem: await pem(user['client-key-data'], user['client-key']),
  };
  if (!access.token && !(access.certPem && access.keyPem)) {
    throw bad('has neither a token nor a client certificate with its key');
  }
  return { clusterName: context.cluster, access };
}

function parseConfig(raw: string, bad: (what: string) => Error) {
  let content: unknown;
  try {
    content = parse(raw);
  } catch {
    // The parser's message quotes lines, which may be secrets.
    throw bad('is not YAML');
  }
  const parsed = kubeconfigSchema.safeParse(content);
  if (!parsed.success) {
    throw bad(`is not a kubeconfig: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function assertHttps(server: string, bad: (what: string) => Error): void {
  if (URL.parse(server)?.protocol !== 'https:') {
    throw bad(`names the server ${server}, which is no https:// address`);
  }
}
