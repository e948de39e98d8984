import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PolicyAdmission } from './admission/policies';
import { ARGO_CRDS } from './argo-crds';
import { Authenticator } from './auth/authenticate';
import { RbacAuthorizer } from './auth/rbac';
import { TokenSigner } from './auth/tokens';
import { applyManifests, readManifests } from './bootstrap';
import { BOOTSTRAP_OBJECTS } from './bootstrap-objects';
import { authorizerFunctions } from './cel/authorizer';
import { CelEngine } from './cel/engine';
import { ensureCertificate } from './certificates';
import type { ApiContext } from './context';
import {
  Controllers,
  CRDS,
  installDefinition,
} from './controllers/controllers';
import { createApiServer } from './http/server';
import type { JsonObject } from './json';
import { Registry } from './registry/registry';
import { Store } from './store/store';

export interface KubeApiOptions {
  /** Folder of the database, the keys and the certificate; made if absent. */
  dataDir: string;
  /** `127.0.0.1:PORT`; port 0 takes a free one. */
  listen?: string;
  /** Files and folders of YAML that are applied before the server listens. */
  bootstrap?: string[];
  /** Objects that are applied after those. */
  objects?: JsonObject[];
  podLogsDir?: string;
  /** Served besides localhost, 127.0.0.1 and [::1]; without ports. */
  allowHosts?: readonly string[];
  now?: () => Date;
  /** Told of failures inside the server that are nobody's request's fault. */
  onError?: (error: unknown) => void;
}

export interface RunningKubeApi {
  url: string;
  caPem: string;
  /** Bearer token of an administrator; it may impersonate everybody. */
  adminToken: string;
  close(): Promise<void>;
}

/** @throws Error if the address is not loopback, is taken, or a manifest can't be applied */
export async function startKubeApi(
  options: KubeApiOptions,
): Promise<RunningKubeApi> {
  const { dataDir } = options;
  const now = options.now ?? (() => new Date());
  const onError = options.onError ?? (() => undefined);
  const address = parseListen(options.listen ?? '127.0.0.1:0');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const certificate = await ensureCertificate(dataDir, now());
  const adminToken = ensureSecret(join(dataDir, 'admin.token'));
  const context = createContext(options, adminToken, now);
  const controllers = new Controllers(context, onError);
  for (const { object } of context.store.list(CRDS)) {
    installDefinition(context, object);
  }
  try {
    applyManifests(context, [...BOOTSTRAP_OBJECTS, ...ARGO_CRDS]);
    applyManifests(context, readManifests(options.bootstrap ?? []));
    applyManifests(context, options.objects ?? []);
    controllers.resume();
    const server = createApiServer(
      context,
      certificate,
      onError,
      options.allowHosts,
    );
    const port = await listen(server, address);
    return {
      url: `https://127.0.0.1:${port}`,
      caPem: certificate.caPem,
      adminToken,
      close: async () => {
        await stop(server);
        controllers.stop();
        context.store.close();
      },
    };
  } catch (error) {
    controllers.stop();
    context.store.close();
    throw error;
  }
}

function createContext(
  options: KubeApiOptions,
  adminToken: string,
  now: () => Date,
): ApiContext {
  const store = Store.open(join(options.dataDir, 'objects.db'));
  const registry = new Registry();
  const authorizer = new RbacAuthorizer(store);
  const signer = new TokenSigner(
    Buffer.from(ensureSecret(join(options.dataDir, 'signing.key'))),
    now,
  );
  const cel = new CelEngine(
    authorizerFunctions((user, attributes) =>
      authorizer.authorize(user, attributes),
    ),
  );
  const policies = new PolicyAdmission(store, registry, cel);
  return {
    store,
    registry,
    authorizer,
    signer,
    cel,
    authenticator: new Authenticator({ store, signer, authorizer, adminToken }),
    admit: request => policies.admit(request),
    now,
    newUid: randomUUID,
    newSuffix,
    ...(options.podLogsDir ? { podLogsDir: options.podLogsDir } : {}),
  };
}

/** The letters that Kubernetes uses, too: none that makes words. */
function newSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from(
    { length: 5 },
    () => letters[randomInt(letters.length)],
  ).join('');
}

function ensureSecret(path: string): string {
  if (!existsSync(path)) {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}

function parseListen(text: string): { host: string; port: number } {
  const [host, port] = text.split(':');
  if (host !== '127.0.0.1' && host !== 'localhost') {
    throw new Error(
      `KUBE_API_LISTEN must be 127.0.0.1:PORT, for this server is for one machine; got ${text}`,
    );
  }
  const number = Number(port ?? '0');
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`KUBE_API_LISTEN has no valid port: ${text}`);
  }
  return { host: '127.0.0.1', port: number };
}

function listen(
  server: Server,
  address: { host: string; port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
