import { randomBytes } from 'node:crypto';
import { runPrefix, type Fact } from '@agentic/api';
import { z } from 'zod';
import { checkProse } from '../../domain/report/prose';
import {
  buildProsePrompt,
  proseAnswerSchema,
} from '../../domain/report/prompt';
import type { LlmClient } from '../../clients/llm';
import { RetryableError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from '../dom/page-facts';

const MAX_TOKENS = 1500;

const proseFileSchema = z.object({
  model: z.string(),
  sentences: z.array(z.string()),
  removedSentences: z.number().int().min(0),
});
export type ProseFile = z.infer<typeof proseFileSchema>;

type Answer = z.infer<typeof proseAnswerSchema>;

/** The object in a model's answer, which may stand in a fence; undefined when it is not what was asked for. */
export function parseAnswer(text: string): Answer | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  try {
    const parsed = proseAnswerSchema.safeParse(
      JSON.parse(text.slice(start, end + 1)),
    );
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export type ProseResult =
  | { ok: true; key: string; sha256: string }
  | { ok: false; reason: string };

/** Asks the model once, checks each sentence and stores what is left. Never throws for what the model does. */
export async function writeProse(
  llm: LlmClient,
  facts: readonly Fact[],
  deps: StepDeps,
): Promise<ProseResult> {
  const nonce = randomBytes(16).toString('hex');
  const prompt = buildProsePrompt(facts, deps.job.objective, nonce);
  const answer = await llm.complete({
    system: prompt.system,
    user: [{ type: 'text', text: prompt.user }],
    jsonSchema: { name: 'summary', schema: z.toJSONSchema(proseAnswerSchema) },
    maxTokens: MAX_TOKENS,
  });
  if (!answer.ok) return answer;
  const parsed = answer.truncated ? undefined : parseAnswer(answer.text);
  if (!parsed)
    return { ok: false, reason: 'its answer was not the JSON asked for' };
  const { kept, removed } = checkProse(parsed.sentences, facts);
  const file: ProseFile = {
    model: answer.model,
    sentences: kept,
    removedSentences: removed,
  };
  const put = await deps.store.put(
    `${runPrefix(deps.job.workflowUid)}synthesis/prose.json`,
    `${JSON.stringify(file)}\n`,
    { contentType: 'application/json' },
  );
  return { ok: true, key: put.key, sha256: put.sha256 };
}

export async function readProse(
  stored: { key: string; sha256: string },
  deps: Pick<StepDeps, 'store'>,
): Promise<ProseFile> {
  const body = await deps.store.get(stored.key);
  if (!body || sha256(body) !== stored.sha256)
    throw new RetryableError(
      `The checked sentences are not in object storage as they were saved: ${stored.key}`,
    );
  return proseFileSchema.parse(JSON.parse(body.toString('utf8')));
}
