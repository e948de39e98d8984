import { LIMITS } from '@agentworkloads/api';
import {
  keyedRunName,
  parseNewRunSpec,
  runName,
  workloadManifest,
} from './newRun';

const now = new Date('2026-02-03T04:05:06Z');

describe('runName', () => {
  it.each([
    [
      'https://www.Tidepool.example.com/pricing',
      'tidepool-example-com-20260203-0405-ab12',
    ],
    ['http://127.0.0.1:8080/', '127-0-0-1-20260203-0405-ab12'],
    ['https://[::1]/', '1-20260203-0405-ab12'],
    ['https://bücher.example/', 'xn-bcher-kva-example-20260203-0405-ab12'],
  ])('of %s is %s', (url, name) => {
    expect(runName([url], now, 'ab12')).toBe(name);
  });

  it('is never longer than a name may be, and always one', () => {
    const name = runName([`https://${'a-'.repeat(60)}b.example/`], now, 'ab12');
    expect(name.length).toBeLessThanOrEqual(LIMITS.name);
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])$/);
  });
});

describe('keyedRunName', () => {
  const urls = ['https://www.Tidepool.example.com/pricing'];

  it('is the same for the same person and key, and another for others', () => {
    const name = keyedRunName(urls, ['bob', 'click']);
    expect(name).toMatch(/^tidepool-example-com-[0-9a-f]{10}$/);
    expect(keyedRunName(urls, ['bob', 'click'])).toBe(name);
    expect(keyedRunName(urls, ['alice', 'click'])).not.toBe(name);
    expect(keyedRunName(urls, ['bob', 'click2'])).not.toBe(name);
    expect(keyedRunName(urls, ['bobc', 'lick'])).not.toBe(name);
  });
});

describe('parseNewRunSpec', () => {
  const spec = { objective: 'x', targetUrls: ['https://a.example/'] };

  it('drops who asks and cancel: both are not for the asker to say', () => {
    const parsed = parseNewRunSpec(
      { ...spec, requestedBy: { username: 'root' }, cancel: true },
      'my-template',
    );
    expect(parsed).not.toHaveProperty('requestedBy');
    expect(parsed).not.toHaveProperty('cancel');
    expect(parsed.workflowTemplateRef).toEqual({
      name: 'my-template',
      clusterScope: false,
    });
    expect(
      workloadManifest({
        name: 'n',
        namespace: 'ns',
        spec: parsed,
        requestedBy: 'bob',
      }).spec,
    ).toMatchObject({
      requestedBy: { username: 'bob' },
      cancel: false,
    });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ targetUrls: 'https://a.example/' }],
  ])('answers %j with a sentence', input => {
    expect(() => parseNewRunSpec(input, 't')).toThrow(
      /^The run can't be started: /,
    );
  });
});
