import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPolicy } from '@open-policy-agent/opa-wasm';
import { z } from 'zod';
import type { PolicyAnswer, PolicyEngine } from '../ports';

type Loaded = Awaited<ReturnType<typeof loadPolicy>>;

/** An evaluation gives one result set, or none when the decision is undefined. */
const resultSchema = z.array(z.object({ result: z.unknown() })).min(1);

/** The Rego policies, compiled, in this process: no second program, and an answer in microseconds. */
export class WasmPolicyEngine implements PolicyEngine {
  private loaded: Loaded | undefined;

  private constructor(
    private readonly wasm: Uint8Array,
    private readonly data: object,
    readonly revision: string,
  ) {}

  /**
   * @param dir folder with policies.wasm and data.json
   * @throws when a file is missing or isn't what its name says
   */
  static async fromFolder(dir: string): Promise<WasmPolicyEngine> {
    const [wasm, data] = await Promise.all([
      readFile(join(dir, 'policies.wasm')),
      readFile(join(dir, 'data.json'), 'utf8'),
    ]);
    return WasmPolicyEngine.fromSources(wasm, data);
  }

  /** @param data JSON text of the base document `data` */
  static async fromSources(
    wasm: Uint8Array,
    data: string,
  ): Promise<WasmPolicyEngine> {
    const document = z.looseObject({}).parse(JSON.parse(data));
    const hash = createHash('sha256').update(wasm).update(data).digest('hex');
    const engine = new WasmPolicyEngine(
      wasm,
      document,
      `sha256:${hash.slice(0, 32)}`,
    );
    await engine.load();
    return engine;
  }

  async decide(entrypoint: string, input: unknown): Promise<PolicyAnswer> {
    try {
      const policy = this.loaded ?? (await this.load());
      const parsed = resultSchema.safeParse(policy.evaluate(input, entrypoint));
      const result = parsed.data?.[0]?.result;
      return result === undefined
        ? { kind: 'unavailable', cause: 'the decision is undefined' }
        : { kind: 'answered', result, revision: this.revision };
    } catch {
      // After a trap the instance's memory can't be trusted; the next question gets a new one.
      this.loaded = undefined;
      return { kind: 'unavailable', cause: 'the policy failed to evaluate' };
    }
  }

  async notReadyBecause(): Promise<string | undefined> {
    return undefined;
  }

  private async load(): Promise<Loaded> {
    const policy = await loadPolicy(this.wasm as BufferSource);
    policy.setData(this.data);
    this.loaded = policy;
    return policy;
  }
}
