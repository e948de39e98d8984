import { describe, expect, it } from '@jest/globals';
import { agentWorkloadSpecSchema, targetUrlSchema } from './agent-workload';
import { LIMITS } from './limits';

const minimal = {
  objective: 'Know their prices',
  targetUrls: ['https://a.example/pricing'],
};

describe('AgentWorkload spec', () => {
  it('fills the defaults of a minimal spec', () => {
    expect(agentWorkloadSpecSchema.parse(minimal)).toEqual({
      ...minimal,
      workflowTemplateRef: { name: 'competitor-scrape', clusterScope: false },
      gate: { mode: 'human', fourEyes: false },
      timeouts: { execution: '2h', suspendGate: '30m', noProgress: '5m' },
      parameters: {},
      ttlAfterFinished: '90d',
      cancel: false,
    });
  });

  it('keeps a half-given timeouts and fills the rest', () => {
    const spec = agentWorkloadSpecSchema.parse({
      ...minimal,
      timeouts: { suspendGate: '1m' },
    });
    expect(spec.timeouts).toEqual({
      execution: '2h',
      suspendGate: '1m',
      noProgress: '5m',
    });
  });

  it.each(['depth', 'max-pages', 'a_1', '7'])(
    'takes the parameter name %s',
    name => {
      const spec = { ...minimal, parameters: { [name]: '1' } };
      expect(agentWorkloadSpecSchema.safeParse(spec).success).toBe(true);
    },
  );

  it.each(['{{workflow.uid}}', '{{=1+1}}', 'a b', '', '-a', 'x'.repeat(64)])(
    'refuses the parameter name %j',
    name => {
      const spec = { ...minimal, parameters: { [name]: '1' } };
      expect(agentWorkloadSpecSchema.safeParse(spec).success).toBe(false);
    },
  );

  it.each([
    'https://a.example',
    'http://a.example:8080/x?y=1#z',
    'https://a.example/user@page',
    'http://127.0.0.1/',
    'http://[::1]/x',
    'https://bücher.example/preise',
  ])('takes the URL %s', url => {
    expect(targetUrlSchema.safeParse(url).success).toBe(true);
  });

  it.each([
    'ftp://a.example/',
    ['javascript', 'alert(1)'].join(':'),
    'file:///etc/passwd',
    'https://user:pass@a.example/',
    'https://user@a.example',
    'https://',
    'https:///x',
    'https://a b.example/',
    'https://a.example\\@b.example/',
    'a.example',
    '',
    `https://a.example/${'x'.repeat(2048)}`,
  ])('refuses the URL %s', url => {
    expect(targetUrlSchema.safeParse(url).success).toBe(false);
  });

  it('wants 1 to 500 URLs', () => {
    const urls = (count: number) =>
      Array.from({ length: count }, (_, index) => `https://a.example/${index}`);
    const ok = (count: number) =>
      agentWorkloadSpecSchema.safeParse({ ...minimal, targetUrls: urls(count) })
        .success;
    expect([0, 1, LIMITS.targetUrls, LIMITS.targetUrls + 1].map(ok)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
