import { describe, expect, it } from '@jest/globals';
import type { LlmAnswer, LlmClient, LlmRequest } from '../../clients/llm';
import { describePage, plainSentences } from './describe';

const model = (answer: LlmAnswer) => {
  const requests: LlmRequest[] = [];
  const client: LlmClient = {
    model: 'm',
    async complete(request) {
      requests.push(request);
      return answer;
    },
  };
  return { client, requests };
};
const says = (text: string): LlmAnswer => ({
  ok: true,
  text,
  model: 'm',
  truncated: false,
  tokens: { prompt: 1, completion: 1 },
});

describe('a description', () => {
  it('is what is left without numbers, addresses and markup', () => {
    expect(
      plainSentences(
        'A pricing page. The Pro plan costs $49. See https://evil.test/. It has ![x](y) links. It is calm.',
      ),
    ).toBe('A pricing page. It is calm.');
  });

  it('is none when nothing is left', async () => {
    expect(
      await describePage(model(says('It costs $1.')).client, []),
    ).toMatchObject({ ok: false });
  });

  it('says why when the model is away', async () => {
    expect(
      await describePage(model({ ok: false, reason: 'away' }).client, []),
    ).toEqual({ ok: false, reason: 'away' });
  });

  it('shows the first three tiles, and text from the page nowhere', async () => {
    const { client, requests } = model(says('A page.'));
    await describePage(
      client,
      [1, 2, 3, 4].map(() => Buffer.from('x')),
    );
    expect(requests[0].user.filter(part => part.type === 'image')).toHaveLength(
      3,
    );
  });
});
