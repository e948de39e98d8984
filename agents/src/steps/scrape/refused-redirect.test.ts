import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { watchRedirects } from './refused-redirect';

const REQUEST = [
  'Network.requestWillBeSent',
  { type: 'Document', requestId: 'd', loaderId: 'd' },
] as const;
const PICTURE = [
  'Network.requestWillBeSent',
  { type: 'Image', requestId: 'p', loaderId: 'd' },
] as const;
const headers = (requestId: string, location?: string) =>
  [
    'Network.responseReceivedExtraInfo',
    { requestId, headers: location ? { Location: location } : {} },
  ] as const;

function watched() {
  const cdp = new EventEmitter();
  return {
    tell: ([name, event]: readonly [string, unknown]) => cdp.emit(name, event),
    watch: watchRedirects(cdp as never),
  };
}

describe('where a refused redirect led to is known', () => {
  const leading = headers('d', 'chrome://version');

  it.each([
    ['the request is told of first', [REQUEST, leading]],
    ['the headers are told of first', [leading, REQUEST]],
  ])('when %s', async (_, events) => {
    const { tell, watch } = watched();
    events.forEach(tell);
    expect(await watch.to(0)).toBe('chrome://version');
  });

  it.each([
    ['the headers', REQUEST, leading],
    ['the request', leading, REQUEST],
  ])(
    'when %s are told of only after the failure',
    async (_, before, behind) => {
      const { tell, watch } = watched();
      tell(before);
      const asked = watch.to(60_000);
      tell(behind);
      expect(await asked).toBe('chrome://version');
    },
  );

  it('of a document that was redirected twice, as the last', async () => {
    const { tell, watch } = watched();
    [REQUEST, headers('d', '/next'), leading].forEach(tell);
    expect(await watch.to(0)).toBe('chrome://version');
  });
});

describe('nothing is known', () => {
  it.each([
    ['of a picture that is redirected', [REQUEST, PICTURE, headers('p', '/x')]],
    ['of an answer without a redirect', [REQUEST, headers('d')]],
    ['where nothing was told', []],
  ])('%s', async (_, events) => {
    const { tell, watch } = watched();
    events.forEach(tell);
    expect(await watch.to(1)).toBeUndefined();
  });
});
