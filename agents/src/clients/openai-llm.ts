import OpenAI from 'openai';
import type { Clock } from '../runtime/clock';
import { describeError } from '../runtime/errors';
import type { Logger } from '../runtime/logger';
import type { LlmAnswer, LlmClient, LlmPart, LlmRequest } from './llm';

export interface OpenAiLlmOptions {
  baseUrl: string;
  apiKey?: string;
  model: string;
  /** Tries of one call, the first included. */
  tries: number;
  /** Milliseconds for all calls of this client together; when it is used up, steps go on without. */
  budgetMs: number;
  /** Milliseconds of one try. */
  timeoutMs: number;
  /** Failed calls in a row after which no more is tried. */
  breakAfter: number;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
  /** 0 to 1; passed in so that tests know the jitter. */
  random(): number;
}

const MAX_DELAY_MS = 60_000;

/**
 * Any OpenAI-compatible service, LiteLLM's proxy above all. This is the one owner of retries: the library's
 * own are off. It never throws: without an answer it says why, and the caller does without.
 */
export function createOpenAiLlm(options: OpenAiLlmOptions): LlmClient {
  return new OpenAiLlm(options);
}

class OpenAiLlm implements LlmClient {
  readonly model: string;
  private readonly client: OpenAI;
  private failedInARow = 0;
  private spentMs = 0;

  constructor(private readonly options: OpenAiLlmOptions) {
    this.model = options.model;
    this.client = new OpenAI({
      baseURL: options.baseUrl,
      apiKey: options.apiKey ?? 'none',
      maxRetries: 0,
      timeout: options.timeoutMs,
      // Its own log prints requests.
      logLevel: 'off',
    });
  }

  async complete(request: LlmRequest): Promise<LlmAnswer> {
    const { breakAfter, budgetMs, logger } = this.options;
    if (this.failedInARow >= breakAfter) {
      return {
        ok: false,
        reason: `the model failed ${this.failedInARow} times in a row`,
      };
    }
    if (this.spentMs >= budgetMs) {
      return { ok: false, reason: 'the time for the model is used up' };
    }
    const answer = await this.withTries(request);
    this.failedInARow = answer.ok ? 0 : this.failedInARow + 1;
    if (answer.ok) {
      logger.info(
        { model: answer.model, ...answer.tokens, cost: answer.cost },
        'model answered',
      );
    } else {
      logger.warn(
        { model: this.model, reason: answer.reason },
        'no answer of the model',
      );
    }
    return answer;
  }

  private async withTries(request: LlmRequest): Promise<LlmAnswer> {
    const { budgetMs, clock, logger, random, signal, tries } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.spend(() => this.once(request));
      } catch (error) {
        signal.throwIfAborted();
        const failure = readFailure(error);
        const delay = retryDelay(failure, attempt, random());
        const affordable = this.spentMs + delay < budgetMs;
        if (!failure.transient || attempt >= tries || !affordable) {
          return { ok: false, reason: failure.reason };
        }
        logger.warn(
          { attempt, delayMs: Math.round(delay), cause: failure.reason },
          'model not available, trying again',
        );
        await this.spend(() => clock.sleep(delay, signal));
      }
    }
  }

  private async spend<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.options;
    const from = clock.elapsed();
    try {
      return await work();
    } finally {
      this.spentMs += clock.elapsed() - from;
    }
  }

  private async once(request: LlmRequest): Promise<LlmAnswer> {
    const { data, response } = await this.client.chat.completions
      .create(toBody(this.model, request), { signal: this.options.signal })
      .withResponse();
    const choice = data.choices?.[0];
    const text = choice?.message?.content ?? '';
    if (!text) return { ok: false, reason: 'the model gave an empty answer' };
    const cost = Number(response.headers.get('x-litellm-response-cost') ?? NaN);
    return {
      ok: true,
      text,
      model: data.model || this.model,
      truncated: choice.finish_reason === 'length',
      tokens: {
        prompt: data.usage?.prompt_tokens ?? 0,
        completion: data.usage?.completion_tokens ?? 0,
      },
      ...(Number.isFinite(cost) ? { cost } : {}),
    };
  }
}

function toBody(model: string, request: LlmRequest) {
  return {
    model,
    temperature: 0,
    max_completion_tokens: request.maxTokens,
    messages: [
      { role: 'system' as const, content: request.system },
      { role: 'user' as const, content: request.user.map(toContentPart) },
    ],
    ...(request.jsonSchema
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { ...request.jsonSchema, strict: true },
          },
        }
      : {}),
  };
}

function toContentPart(part: LlmPart) {
  return part.type === 'text'
    ? { type: 'text' as const, text: part.text }
    : {
        type: 'image_url' as const,
        image_url: {
          url: `data:${part.mediaType};base64,${part.data.toString('base64')}`,
        },
      };
}

interface Failure {
  transient: boolean;
  reason: string;
  /** Milliseconds that the service asks for. */
  retryAfterMs?: number;
}

function readFailure(error: unknown): Failure {
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    const transient =
      error.status === 408 ||
      error.status === 409 ||
      error.status === 429 ||
      error.status >= 500;
    return {
      transient,
      // The body may repeat what was sent; the status is enough.
      reason: `the model service answered ${error.status}`,
      retryAfterMs: retryAfter(error.headers as Headers | undefined),
    };
  }
  if (error instanceof OpenAI.APIConnectionError) {
    return {
      transient: true,
      reason: `the model service can't be reached: ${describeError(error)}`,
    };
  }
  return {
    transient: false,
    reason: `the model's answer can't be read: ${describeError(error)}`,
  };
}

function retryAfter(headers: Headers | undefined): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? NaN);
  if (Number.isFinite(exact)) return exact;
  const text = headers?.get('retry-after');
  if (!text) return undefined;
  const seconds = Number(text);
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What the service asks for, else full jitter from 1 s upward. */
function retryDelay(failure: Failure, attempt: number, random: number): number {
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  return Math.max(1000, random * Math.min(MAX_DELAY_MS, 1000 * 2 ** attempt));
}
