/** One part of what a model is shown. Untrusted text is data: the caller frames it as such. */
export type LlmPart =
  | { type: 'text'; text: string }
  | {
      type: 'image';
      mediaType: 'image/webp' | 'image/png' | 'image/jpeg';
      data: Buffer;
    };

export interface LlmRequest {
  system: string;
  user: readonly LlmPart[];
  /** JSON schema of the answer; the caller still parses it. */
  jsonSchema?: { name: string; schema: Record<string, unknown> };
  maxTokens: number;
}

/** Without an answer a step goes on and says so in `degraded`: a model is never the reason of a failed run. */
export type LlmAnswer =
  | {
      ok: true;
      text: string;
      model: string;
      /** True when the model stopped for want of tokens: the text is cut. */
      truncated: boolean;
      tokens: { prompt: number; completion: number };
      /** As the proxy says, in its currency (LiteLLM: US dollars). */
      cost?: number;
    }
  | { ok: false; reason: string };

export interface LlmClient {
  readonly model: string;
  complete(request: LlmRequest): Promise<LlmAnswer>;
}
