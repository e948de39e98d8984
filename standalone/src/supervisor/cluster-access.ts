import {
  AccessError,
  connect,
  HttpKubeClient,
  readKubeconfig,
  resolveAccess,
} from '@agentworkloads/kube';

/** Where an API server is and how it is known, for files that others read. */
export interface ClusterAddress {
  server: string;
  /** Absent: the certificates that Node trusts. */
  caPem?: string;
  /** The name in the server's certificate, where it is not that of its address. */
  serverName?: string;
}

/** The way of an administrator to a cluster. */
export interface AdminAccess {
  /** The name of the cluster in the file. */
  clusterName: string;
  address: ClusterAddress;
  /** What a request needs besides a client certificate. */
  headers: Record<string, string>;
  client: HttpKubeClient;
  close(): Promise<void>;
}

/**
 * Reads the current context of a kubeconfig: certificates and tokens, inline or in files.
 *
 * @throws AccessError that names the file and says what to mend
 */
export async function openAdminAccess(file: string): Promise<AdminAccess> {
  const bad = (what: string) =>
    new AccessError(`The kubeconfig ${file} ${what}`);
  const login = resolveAccess(
    { kind: 'kubeconfig', path: file },
    { programs: 'refuse' },
  );
  const { cluster, clusterName, user } = readKubeconfig(file);
  if (user.username !== undefined) {
    throw bad(
      'has a user name and a password, which is not supported here; give it a client certificate, or a token of an account that may ask for tokens',
    );
  }
  // The parts that get this address know no proxy, and must know whom they talk to.
  if (cluster['proxy-url']) throw bad('wants a proxy, which is not supported');
  if (cluster['insecure-skip-tls-verify'])
    throw bad(
      'does not check the certificate of the server; give it the certificate authority instead',
    );
  if (URL.parse(cluster.server)?.protocol !== 'https:') {
    throw bad(
      `names the server ${cluster.server}, which is no https:// address`,
    );
  }
  const { tls, headers } = await login.read();
  if (!headers.authorization && !(tls.cert && tls.key)) {
    throw bad('has neither a token nor a client certificate with its key');
  }
  const connection = connect(login);
  return {
    clusterName,
    address: {
      server: login.server,
      caPem: tls.ca?.toString(),
      serverName: tls.servername,
    },
    headers,
    client: new HttpKubeClient(connection, {
      name: 'agentworkloads-start',
      requestMs: 15_000,
    }),
    close: () => connection.close(),
  };
}
