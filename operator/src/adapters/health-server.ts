import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import {
  hostRefusal,
  isLoopbackAddress,
  isServedHost,
  START_QUESTION_PATH,
  type StartReply,
} from '@agentworkloads/api';

export interface HealthChecks {
  /** @returns undefined when alive, else why a restart would help */
  notAliveBecause(): string | undefined;
  /** @returns undefined when ready, else what is waited for */
  notReadyBecause(): Promise<string | undefined>;
  /** @returns the numbers, in Prometheus' text format, and its content type */
  metrics(): Promise<{ type: string; text: string }>;
  /** @returns what policy `start` would say of a run that nobody has made; undefined where that is no question */
  whatIfStarted(question: unknown): Promise<StartReply | undefined>;
}

/** A spec has at most 64 KiB of addresses and 32 parameters of 1024 characters. */
const QUESTION_BYTES = 256 * 1024;
/** Policy is there for runs first: what is asked beyond these is told to come again. */
const QUESTIONS_AT_ONCE = 16;

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** @returns undefined where it is too long or no JSON */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > QUESTION_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Nothing is decided or kept by an answer, so it needs nobody's name. */
function questionsOf({ whatIfStarted }: Pick<HealthChecks, 'whatIfStarted'>) {
  let asked = 0;
  const judged = async (request: IncomingMessage) => {
    const { headers } = request;
    // A page of the web can send a form unasked, but no JSON.
    const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
    const question = isJson ? await readJson(request) : undefined;
    return question === undefined ? undefined : whatIfStarted(question);
  };
  return async (request: IncomingMessage, response: ServerResponse) => {
    const say = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end();
    } else if (asked >= QUESTIONS_AT_ONCE) {
      say(503, { kind: 'unavailable', cause: 'too many ask at once' });
    } else {
      asked += 1;
      try {
        const reply = await judged(request);
        if (reply) say(200, reply);
        else
          say(400, {
            message: `Send {namespace, spec} of an AgentWorkload as application/json, at most ${
              QUESTION_BYTES / 1024
            } KiB.`,
          });
      } finally {
        asked -= 1;
      }
    }
  };
}

/**
 * `/healthz` and `/readyz`, as Kubernetes probes ask them, `/metrics` for Prometheus, and what policy would say of a run for the portal.
 * Port 0 lets the system choose.
 */
export function startHealthServer(
  listen: { host: string; port: number },
  checks: HealthChecks,
): Promise<HealthServer> {
  // In a pod the kubelet asks by the pod's address; on one machine a web page may ask by a name of its own.
  const local = isLoopbackAddress(listen.host);
  const answerQuestion = questionsOf(checks);
  const server: Server = createServer(async (request, response) => {
    const { host: asked } = request.headers;
    if (local && !isServedHost(asked)) {
      response.writeHead(421, { 'content-type': 'text/plain' });
      response.end(`${hostRefusal(asked)}\n`);
      return;
    }
    const answer = (problem: string | undefined) => {
      response.writeHead(problem ? 503 : 200, { 'content-type': 'text/plain' });
      response.end(`${problem ?? 'ok'}\n`);
    };
    try {
      if (request.url === '/healthz') answer(checks.notAliveBecause());
      else if (request.url === '/readyz') {
        answer(await checks.notReadyBecause());
      } else if (request.url === '/metrics') {
        const { type, text } = await checks.metrics();
        response.writeHead(200, { 'content-type': type }).end(text);
      } else if (request.url === START_QUESTION_PATH) {
        await answerQuestion(request, response);
      } else {
        response.writeHead(404).end();
      }
    } catch {
      answer('check failed: the log of the operator may say more');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        close: () =>
          new Promise<void>(done => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
