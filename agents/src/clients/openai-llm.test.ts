import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeClock } from '../../test/support/clock';
import { createLogger } from '../runtime/logger';
import { createOpenAiLlm, type OpenAiLlmOptions } from './openai-llm';

type Reply = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  raw?: string;
};

const good = (content = 'Hello.'): Reply => ({
  status: 200,
  headers: { 'x-litellm-response-cost': '0.0021' },
  body: {
    id: 'x',
    object: 'chat.completion',
    model: 'fake-1',
    created: 1,
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', content },
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 },
  },
});

const cleanups: Array<() => void> = [];
afterEach(() => cleanups.splice(0).forEach(clean => clean()));

/** An OpenAI-compatible service that gives the replies in order, the last one for ever. */
async function service(
  replies: Reply[],
  change: Partial<OpenAiLlmOptions> = {},
) {
  const requests: Array<{
    headers: http.IncomingHttpHeaders;
    body: Record<string, unknown>;
  }> = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', chunk => (text += chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: JSON.parse(text) });
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      response
        .writeHead(reply.status, {
          'content-type': 'application/json',
          ...reply.headers,
        })
        .end(
          reply.raw ??
            JSON.stringify(
              reply.body ?? { error: { message: 'no', key: 'sk-very-secret' } },
            ),
        );
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const clock = fakeClock();
  const log: string[] = [];
  const llm = createOpenAiLlm({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'sk-very-secret',
    model: 'fake',
    tries: 5,
    budgetMs: 120_000,
    timeoutMs: 5000,
    breakAfter: 3,
    clock,
    logger: createLogger({
      name: 't',
      level: 'debug',
      sink: { write: line => log.push(line) },
    }),
    signal: new AbortController().signal,
    random: () => 0.5,
    ...change,
  });
  const ask = () =>
    llm.complete({
      system: 's',
      user: [{ type: 'text', text: 'u' }],
      maxTokens: 10,
    });
  return { llm, ask, requests, clock, log };
}

describe('a model behind an OpenAI-compatible address', () => {
  it('answers, with tokens and cost', async () => {
    const { ask, requests } = await service([good()]);
    expect(await ask()).toEqual({
      ok: true,
      text: 'Hello.',
      model: 'fake-1',
      truncated: false,
      tokens: { prompt: 10, completion: 3 },
      cost: 0.0021,
    });
    expect(requests[0].body).toMatchObject({ model: 'fake', temperature: 0 });
    expect(requests[0].headers.authorization).toBe('Bearer sk-very-secret');
  });

  it('is shown pictures and given a schema', async () => {
    const { llm, requests } = await service([good('{}')]);
    await llm.complete({
      system: 's',
      user: [
        { type: 'image', mediaType: 'image/webp', data: Buffer.from('abc') },
      ],
      jsonSchema: { name: 'n', schema: { type: 'object' } },
      maxTokens: 5,
    });
    const sent = JSON.stringify(requests[0].body);
    expect(sent).toContain('data:image/webp;base64,YWJj');
    expect(sent).toContain('"json_schema"');
  });

  it('is asked again when it says when, and only by us', async () => {
    const { ask, requests, clock } = await service([
      { status: 429, headers: { 'retry-after': '7' } },
      good(),
    ]);
    expect(await ask()).toMatchObject({ ok: true });
    expect(requests).toHaveLength(2);
    expect(clock.slept).toEqual([7000]);
  });

  it('is asked five times at most', async () => {
    const { ask, requests, clock } = await service([{ status: 500 }]);
    expect(await ask()).toEqual({
      ok: false,
      reason: 'the model service answered 500',
    });
    expect(requests).toHaveLength(5);
    expect(clock.slept).toEqual([1000, 2000, 4000, 8000]);
  });

  it('is not waited for beyond the budget', async () => {
    const { ask, clock } = await service([
      { status: 429, headers: { 'retry-after': '3600' } },
    ]);
    expect(await ask()).toMatchObject({ ok: false });
    expect(clock.slept).toEqual([]);
  });

  it.each([400, 401, 404])('is not asked again after %i', async status => {
    const { ask, requests } = await service([{ status }]);
    expect(await ask()).toEqual({
      ok: false,
      reason: `the model service answered ${status}`,
    });
    expect(requests).toHaveLength(1);
  });

  it('is left alone after three failures in a row', async () => {
    const { ask, requests } = await service([{ status: 400 }]);
    for (let call = 0; call < 3; call++) await ask();
    expect(await ask()).toMatchObject({
      ok: false,
      reason: expect.stringContaining('in a row'),
    });
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['an empty answer', good('')],
    ['no choices', { status: 200, body: { choices: [] } }],
    ['broken JSON', { status: 200, raw: '{"choices": [' }],
  ])('giving %s counts as no answer', async (_name, reply) => {
    const { ask } = await service([reply as Reply], { tries: 1 });
    expect(await ask()).toMatchObject({ ok: false });
  });

  it('that can not be reached is no answer', async () => {
    const { ask } = await service([good()], {
      baseUrl: 'http://127.0.0.1:1/v1',
      tries: 2,
    });
    expect(await ask()).toMatchObject({
      ok: false,
      reason: expect.stringContaining("can't be reached"),
    });
  });

  it('says when its answer was cut', async () => {
    const reply = good();
    (
      reply.body as { choices: Array<{ finish_reason: string }> }
    ).choices[0].finish_reason = 'length';
    const { ask } = await service([reply]);
    expect(await ask()).toMatchObject({ ok: true, truncated: true });
  });

  it('never has its key in the log or in a reason', async () => {
    const { ask, log } = await service([{ status: 500 }, { status: 401 }]);
    const answer = await ask();
    expect(JSON.stringify(answer) + log.join('')).not.toContain(
      'sk-very-secret',
    );
  });
});
