import { readFileSync } from 'node:fs';
import https from 'node:https';
import { parse } from 'yaml';
import type { Answer, Answered, Request } from './model';

interface Kubeconfig {
  clusters: [
    { cluster: { server: string; 'certificate-authority-data': string } },
  ];
  users: [{ user: Record<string, string | undefined> }];
}

/** Requests as a table has them; answers whole, refusals too. The first cluster and user of a kubeconfig. */
export class Client {
  private readonly server: string;
  private readonly token?: string;
  private readonly admin: https.Agent;
  private readonly nobody: https.Agent;

  constructor(file: string, private readonly namespace: string) {
    const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    const decoded = (text?: string) =>
      text ? Buffer.from(text, 'base64') : undefined;
    const ca = decoded(cluster['certificate-authority-data']);
    this.server = cluster.server;
    this.token = user.token;
    this.nobody = new https.Agent({ ca });
    this.admin = new https.Agent({
      keepAlive: true,
      ca,
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    });
  }

  close(): void {
    this.admin.destroy();
    this.nobody.destroy();
  }

  async ask(request: Request): Promise<Answer> {
    const path = this.placed(request.path);
    const { code, text, warnings } = await this.send(path, request);
    const isWatch = /[?&]watch=/.test(path) && code === 200;
    if (isWatch) {
      const events = text.split('\n').filter(Boolean);
      return {
        code,
        warnings,
        object: {
          events: events.map(line => JSON.parse(line)),
        } as unknown as Answered,
      };
    }
    const object = (
      text.startsWith('{') ? JSON.parse(text) : { text }
    ) as Answered;
    const failed = object.kind === 'Status' && object.status === 'Failure';
    return {
      code,
      object,
      warnings,
      ...(failed && {
        reason: String(object.reason),
        message: String(object.message),
      }),
    };
  }

  private placed(text: string): string {
    return text.replaceAll('{ns}', this.namespace);
  }

  private send(
    path: string,
    { method, body, type = 'application/json', as, token }: Request,
  ): Promise<{ code: number; text: string; warnings: string }> {
    const payload =
      body === undefined
        ? undefined
        : this.placed(typeof body === 'string' ? body : JSON.stringify(body));
    const bearer = token ?? this.token;
    const headers: https.RequestOptions['headers'] = {
      accept: 'application/json',
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(payload !== undefined && {
        'content-type': type,
        'content-length': String(Buffer.byteLength(payload)),
      }),
      ...(as && { 'impersonate-user': as.user }),
      ...(as?.groups && { 'impersonate-group': as.groups }),
    };
    const agent = token === undefined ? this.admin : this.nobody;
    return new Promise((resolve, reject) => {
      const outgoing = https.request(
        `${this.server}${path}`,
        { method, headers, agent },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              code: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
              warnings: String(response.headers.warning ?? ''),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }
}
