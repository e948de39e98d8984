import { Agent, request, type Dispatcher } from 'undici';
import type { PolicyAnswer, PolicyEngine } from '../ports';

const TIMEOUT_MS = 5_000;

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

/** Bundle revisions where OPA has bundles; else its own version, which is all that it knows. */
function revisionOf({ provenance }: OpaAnswer): string {
  const bundles = Object.entries(provenance?.bundles ?? {})
    .map(([name, { revision = '' }]) => `${name}@${revision}`)
    .sort();
  if (bundles.length > 0) return bundles.join(' ');
  return provenance?.revision || `opa ${provenance?.version ?? 'unknown'}`;
}

/**
 * OPA over REST. Whatever isn't a defined answer in time is "unavailable", in words that stay the
 * same from try to try, so that a status that names them is written once.
 */
export class OpaPolicyEngine implements PolicyEngine {
  private readonly dispatcher: Dispatcher = new Agent({ connections: 8 });

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
            revision: revisionOf(answer),
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

  close(): Promise<void> {
    return this.dispatcher.destroy();
  }
}
