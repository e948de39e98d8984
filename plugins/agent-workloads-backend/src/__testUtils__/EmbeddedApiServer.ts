import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request, Agent } from 'undici';
import { parse } from 'yaml';
import type { KubernetesObject } from '@agentworkloads/kube';

/** The folder of this repository. */
export function repositoryRoot(): string {
  let folder = process.cwd();
  while (!existsSync(path.join(folder, 'yarn.lock'))) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** The repository's own API server in a process of its own: real RBAC and admission, with what `deploy/` ships. */
export class EmbeddedApiServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    /** Base64, as a kubeconfig has it. */
    readonly caData: string,
    private readonly adminToken: string,
  ) {}

  /** @param manifests - folders and files below `deploy/` that are there from the start */
  static async start(
    manifests: readonly string[] = ['crds', 'rbac', 'policies'],
  ): Promise<EmbeddedApiServer> {
    const root = repositoryRoot();
    const folder = mkdtempSync(path.join(tmpdir(), 'embedded-api-'));
    // Inside the repository, where its packages are found.
    const program = path.join(
      root,
      '.cache',
      `kube-api-${path.basename(folder)}.mjs`,
    );
    execFileSync(process.execPath, [
      path.join(root, 'scripts/bundle.mjs'),
      path.join(root, 'embedded/kube-api/src/main.ts'),
      program,
    ]);
    const kubeconfig = path.join(folder, 'kubeconfig');
    const child = spawn(
      process.execPath,
      [program, ...manifests.map(name => path.join(root, 'deploy', name))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          KUBE_API_DATA_DIR: path.join(folder, 'data'),
          KUBE_API_KUBECONFIG: kubeconfig,
        },
      },
    );
    try {
      await new Promise<void>((resolve, reject) => {
        child.stdout!.on('data', chunk => {
          if (String(chunk).includes('"ready":true')) resolve();
        });
        child.once('exit', code =>
          reject(new Error(`the API server ended with ${code}`)),
        );
      });
    } finally {
      rmSync(program, { force: true });
    }
    const config = parse(readFileSync(kubeconfig, 'utf8'));
    const { cluster } = config.clusters[0];
    return new EmbeddedApiServer(
      child,
      folder,
      cluster.server,
      cluster['certificate-authority-data'],
      config.users[0].user.token,
    );
  }

  async stop(): Promise<void> {
    const gone = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * As an administrator, or as whom the headers name.
   * @throws Error with the server's own sentence
   */
  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string | string[]> = {},
  ): Promise<KubernetesObject> {
    const dispatcher = new Agent({
      connect: { ca: Buffer.from(this.caData, 'base64').toString() },
    });
    try {
      const response = await request(this.url + url, {
        method,
        dispatcher,
        headers: {
          authorization: `Bearer ${this.adminToken}`,
          'content-type':
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const answer = (await response.body.json()) as KubernetesObject & {
        message?: string;
      };
      if (response.statusCode >= 300) {
        throw new Error(`${response.statusCode}: ${answer.message}`);
      }
      return answer;
    } finally {
      await dispatcher.destroy();
    }
  }

  /** A token as `kubectl create token` asks for. */
  async tokenOf(namespace: string, account: string): Promise<string> {
    const { status } = await this.send(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      },
    );
    return (status as { token: string }).token;
  }

  /** Makes a namespace, and lets groups do what these ClusterRoles say in it. */
  async namespace(
    name: string,
    roles: Record<string, string> = {},
  ): Promise<void> {
    await this.send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    const rbac = 'rbac.authorization.k8s.io';
    for (const [user, role] of Object.entries(roles)) {
      await this.send(
        'POST',
        `/apis/${rbac}/v1/namespaces/${name}/rolebindings`,
        {
          apiVersion: `${rbac}/v1`,
          kind: 'RoleBinding',
          metadata: { name: user },
          roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
          subjects: [{ apiGroup: rbac, kind: 'User', name: user }],
        },
      );
    }
  }
}
