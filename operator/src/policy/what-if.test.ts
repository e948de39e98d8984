import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FakePolicy } from '../../test/fake-policy';
import { WasmPolicyEngine } from '../adapters/wasm-policy';
import { whatIfStarted } from './what-if';

const shipped = WasmPolicyEngine.fromFolder(join(process.cwd(), 'policies'));
const question = (more: object = {}) => ({
  namespace: 'agentworkloads',
  spec: {
    objective: 'What do they charge?',
    targetUrls: ['https://acme.example/pricing'],
    requestedBy: { username: 'bob' },
    ...more,
  },
});

async function ofShipped(
  more?: object,
  active = { requester: 0, namespace: 0 },
) {
  const reply = await whatIfStarted(
    { policy: await shipped, beside: () => active },
    question(more),
  );
  if (reply?.kind !== 'answered') throw new Error('not answered');
  return reply.decision;
}

describe('what policy would say of a run that nobody has made', () => {
  it('lets it start, with the host rules that its visits are held to', async () => {
    const { allow, reasons, wait, egress } = await ofShipped();
    expect({ allow, reasons, wait }).toEqual({
      allow: true,
      reasons: [],
      wait: [],
    });
    expect(egress.deny).toContain('169.254.169.254');
    expect(Object.keys(egress)).toEqual(['deny']);
  });

  it('denies it, and says why', async () => {
    expect(
      await ofShipped({ targetUrls: ['http://metadata.google.internal/'] }),
    ).toMatchObject({
      allow: false,
      reasons: ['host metadata.google.internal is denied'],
      said: [
        { code: 'hostDenied', values: { host: 'metadata.google.internal' } },
      ],
    });
  });

  it('lets it wait where too many go on', async () => {
    const { allow, wait, waitSaid } = await ofShipped(
      {},
      { requester: 200, namespace: 3 },
    );
    expect({ allow, wait, waitSaid }).toEqual({
      allow: true,
      wait: ['200 runs of requester bob go on, at most 200 may'],
      waitSaid: [
        {
          code: 'yours',
          values: { many: '200', most: '200', requester: 'bob' },
        },
      ],
    });
  });

  it('counts what goes on for who asks, where it is asked', async () => {
    const places: unknown[] = [];
    const policy = new FakePolicy();
    const beside = (place: unknown) => {
      places.push(place);
      return { requester: 1, namespace: 2 };
    };
    await whatIfStarted({ policy, beside }, question());
    expect(places).toEqual([{ namespace: 'agentworkloads', requester: 'bob' }]);
    expect(policy.asked[0].input).toMatchObject({
      active: { requester: 1, namespace: 2 },
      workload: { requestedBy: 'bob', hosts: ['acme.example'] },
    });
  });

  it('is unknown where policy does not answer', async () => {
    const policy = new FakePolicy();
    policy.start = { kind: 'unavailable', cause: 'no answer in time' };
    const beside = () => ({ requester: 0, namespace: 0 });
    expect(await whatIfStarted({ policy, beside }, question())).toEqual({
      kind: 'unavailable',
      cause: 'no answer in time',
    });
  });

  it.each([[undefined], [{}], [{ namespace: 'x', spec: {} }], ['text']])(
    'is no question: %j',
    async input => {
      const policy = new FakePolicy();
      const beside = () => ({ requester: 0, namespace: 0 });
      expect(await whatIfStarted({ policy, beside }, input)).toBeUndefined();
      expect(policy.asked).toEqual([]);
    },
  );
});
