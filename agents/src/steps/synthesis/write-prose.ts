import { randomBytes } from 'node:crypto';
import {
  runPrefix,
  summarySentenceSchema,
  type Fact,
  type Manifest,
} from '@agentworkloads/api';
import { z } from 'zod';
import { answerSchema, carryOut } from '../../report/choices';
import { buildProsePrompt, offered } from '../../report/prompt';
import { toCompanies } from '../../report/views';
import type { LlmClient } from '../../clients/llm';
import { RetryableError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from '../dom/page-facts';

const MAX_TOKENS = 1500;
/** Of an answer that keeps to nothing, so much is looked at. */
const MAX_LOOKED_AT = 40;

const proseFileSchema = z.object({
  model: z.string(),
  sentences: z.array(summarySentenceSchema),
  removedSentences: z.number().int().min(0),
});
export type ProseFile = z.infer<typeof proseFileSchema>;

const looseAnswerSchema = z.looseObject({ choices: z.array(z.unknown()) });

/**
 * The choices in a model's answer, which may stand in a fence; undefined when it is not what was asked for. Each is judged on its
 * own later, so that one bad choice does not take the others away.
 */
export function parseAnswer(text: string): unknown[] | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  try {
    const parsed = looseAnswerSchema.safeParse(
      JSON.parse(text.slice(start, end + 1)),
    );
    return parsed.success
      ? parsed.data.choices.slice(0, MAX_LOOKED_AT)
      : undefined;
  } catch {
    return undefined;
  }
}

export type ProseResult =
  | { ok: true; key: string; sha256: string }
  | { ok: false; reason: string };

/** Asks the model once, carries out what the facts bear and stores the sentences. Never throws for what the model does. */
export async function writeProse(
  llm: LlmClient,
  facts: readonly Fact[],
  manifest: Manifest,
  deps: StepDeps,
): Promise<ProseResult> {
  if (offered(facts).length === 0)
    return { ok: false, reason: 'there is no price, trial or contact' };
  const nonce = randomBytes(16).toString('hex');
  const prompt = buildProsePrompt(facts, deps.job.objective, nonce);
  const answer = await llm.complete({
    system: prompt.system,
    user: [{ type: 'text', text: prompt.user }],
    jsonSchema: {
      name: 'choices',
      schema: z.toJSONSchema(answerSchema, { io: 'input' }),
    },
    maxTokens: MAX_TOKENS,
  });
  if (!answer.ok) return answer;
  const choices = answer.truncated ? undefined : parseAnswer(answer.text);
  if (!choices)
    return { ok: false, reason: 'its answer was not the JSON asked for' };
  const companies = toCompanies({
    pages: manifest.pages,
    facts: [...facts],
    changes: [],
  });
  const { sentences, refused } = carryOut(choices, facts, companies);
  if (refused.length > 0)
    deps.logger.info(
      { refused },
      'choices of the model that facts do not bear',
    );
  const file: ProseFile = {
    model: answer.model,
    sentences,
    removedSentences: refused.length,
  };
  const put = await deps.store.put(
    `${runPrefix(deps.job)}synthesis/prose.json`,
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
      `The sentences are not in object storage as they were saved: ${stored.key}`,
    );
  return proseFileSchema.parse(JSON.parse(body.toString('utf8')));
}
