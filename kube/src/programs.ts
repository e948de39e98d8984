import type { RequestOptions } from 'node:https';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { defined, type Credentials } from './credentials';
import type { KubeconfigContext } from './kubeconfig';

/** Credentials of every kind that client-node knows, by running what the kubeconfig names. */
export async function readByProgram(
  found: KubeconfigContext,
): Promise<Credentials> {
  const config = new KubeConfig();
  config.loadFromString(found.raw);
  config.makePathsAbsolute(path.dirname(found.file));
  config.setCurrentContext(found.context);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } =
    options;
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value).trim(),
  ]);
  return {
    tls: defined({
      ca,
      cert,
      key,
      pfx,
      passphrase,
      servername,
      rejectUnauthorized,
    }),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}
