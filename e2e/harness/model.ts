import { createServer, type IncomingMessage, type Server } from 'node:http';

/** Where `deploy/overlays/ci` has LiteLLM look for its provider: on the node, which this machine is. */
const LISTEN = { host: '10.245.0.1', port: 4190 };

/** No page has a fact for it. */
export const UNPROVEN = 'Tidepool will charge 999 next year.';
export const DESCRIPTION = 'A calm page with cards side by side.';

export interface ModelCall {
  at: number;
  kind: 'chat' | 'vision';
  key: string;
  status: number;
}

interface Chat {
  model: string;
  messages: { role: string; content: unknown }[];
}

/** A provider of models that answers here: with one choice that the facts bear, and with words of its own, which nobody asked for. */
export class ModelProvider {
  readonly calls: ModelCall[] = [];
  private refusals: number[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ModelProvider> {
    const server = createServer();
    const provider = new ModelProvider(server);
    server.on('request', (request, response) => {
      void provider.answer(request).then(({ status, headers, body }) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          ...headers,
        });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(LISTEN, resolve);
    });
    return provider;
  }

  /** The next chat is answered 429 with this Retry-After; each call adds one. */
  refuseOnce(retryAfterSeconds: number): void {
    this.refusals.push(retryAfterSeconds);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const chat = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Chat;
    const kind = JSON.stringify(chat.messages).includes('"image_url"')
      ? 'vision'
      : 'chat';
    const wait = kind === 'chat' ? this.refusals.shift() : undefined;
    const status = wait === undefined ? 200 : 429;
    this.calls.push({
      at: Date.now(),
      kind,
      key: String(request.headers.authorization ?? ''),
      status,
    });
    if (wait !== undefined) {
      return {
        status,
        headers: { 'retry-after': String(wait) },
        body: { error: { message: 'slow down', type: 'rate_limit_error' } },
      };
    }
    const content =
      kind === 'vision' ? DESCRIPTION : JSON.stringify(choicesOn(chat));
    return { status, headers: {}, body: completion(chat.model, content) };
  }
}

function choicesOn(chat: Chat) {
  const shown = chat.messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) =>
      typeof content === 'string'
        ? content
        : (content as { text?: string }[]).map(({ text }) => text).join('\n'),
    )
    .join('\n');
  const data = JSON.parse(
    shown.slice(shown.indexOf('{'), shown.lastIndexOf('}') + 1),
  ) as { facts: { id: string; kind: string }[] };
  const plan = data.facts.find(({ kind }) => kind === 'price')!;
  return {
    choices: [
      { template: 'prices', factIds: [plan.id], lead: 'none' },
      { template: 'prices', factIds: [plan.id], lead: UNPROVEN },
    ],
  };
}

function completion(model: string, content: string) {
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
  };
}
