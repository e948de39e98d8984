import { createHash } from 'node:crypto';
import { Agent, request, type Dispatcher } from 'undici';
import type { PolicyAnswer, PolicyEngine } from '../ports';

const TIMEOUT_MS = 5_000;
/** A rolled ConfigMap restarts OPA, so this is soon enough. */
const FILES_FRESH_MS = 30_000;

function unavailable(cause: string): PolicyAnswer {
  return { kind: 'unavailable', cause };
}

interface OpaAnswer {
  result?: unknown;
  provenance?: {
    version?: string;
    revision?: string;
    bundles?: Record<string, { revision?: string }>;
  };
}

/** Bundle revisions where OPA has bundles; undefined when its policies are plain files. */
function bundleRevision({ provenance }: OpaAnswer): string | undefined {
  const bundles = Object.entries(provenance?.bundles ?? {})
    .map(([name, { revision = '' }]) => `${name}@${revision}`)
    .sort();
  return bundles.join(' ') || provenance?.revision || undefined;
}

interface OpaPolicies {
  result?: { id: string; raw: string }[];
}

/**
 * OPA over REST. Whatever isn't a defined answer in time is "unavailable", in words that stay the
 * same from try to try, so that a status that names them is written once.
 */
export class OpaPolicyEngine implements PolicyEngine {
  private readonly dispatcher: Dispatcher = new Agent({ connections: 8 });
  private files: { revision: string; freshUntil: number } | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly timeoutMs: number = TIMEOUT_MS,
  ) {}

  async decide(entrypoint: string, input: unknown): Promise<PolicyAnswer> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const { statusCode, body } = await request(
        `${this.baseUrl}/v1/data/${entrypoint}?provenance=true`,
        {
          dispatcher: this.dispatcher,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ input }),
          signal,
        },
      );
      const text = await body.text();
      if (statusCode !== 200) {
        return unavailable(`OPA answered HTTP ${statusCode}`);
      }
      const answer = JSON.parse(text) as OpaAnswer | null;
      return answer?.result === undefined
        ? unavailable('the decision is undefined; is the policy loaded?')
        : {
            kind: 'answered',
            result: answer.result,
            revision: bundleRevision(answer) ?? (await this.filesRevision()),
          };
    } catch (error) {
      if (signal.aborted) {
        return unavailable(`no answer within ${this.timeoutMs} ms`);
      }
      return error instanceof SyntaxError
        ? unavailable('the answer is not JSON')
        : unavailable('OPA is not reachable');
    }
  }

  async notReadyBecause(): Promise<string | undefined> {
    try {
      const { statusCode, body } = await request(
        `${this.baseUrl}/health?bundles`,
        {
          dispatcher: this.dispatcher,
          signal: AbortSignal.timeout(this.timeoutMs),
        },
      );
      await body.dump();
      return statusCode === 200 ? undefined : `OPA health: HTTP ${statusCode}`;
    } catch {
      return 'OPA is not reachable';
    }
  }

  /** Hash of the policies and data that OPA has loaded from files. */
  private async filesRevision(): Promise<string> {
    if (this.files && Date.now() < this.files.freshUntil) {
      return this.files.revision;
    }
    const [policies, data] = await Promise.all([
      this.get('/v1/policies'),
      this.get('/v1/data/agentworkloads/config'),
    ]);
    const sources = ((policies as OpaPolicies).result ?? [])
      .map(({ id, raw }) => [id, raw])
      .sort();
    const hash = createHash('sha256')
      .update(JSON.stringify([sources, data]))
      .digest('hex');
    const revision = `sha256:${hash.slice(0, 32)}`;
    this.files = { revision, freshUntil: Date.now() + FILES_FRESH_MS };
    return revision;
  }

  private async get(path: string): Promise<unknown> {
    const { statusCode, body } = await request(this.baseUrl + path, {
      dispatcher: this.dispatcher,
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const answer: unknown = await body.json();
    if (statusCode !== 200) throw new Error(`OPA answered HTTP ${statusCode}`);
    return answer;
  }

  close(): Promise<void> {
    return this.dispatcher.destroy();
  }
}
