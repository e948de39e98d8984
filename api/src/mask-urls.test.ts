import { describe, expect, it } from '@jest/globals';
import { maskUrls } from './mask-urls';

describe('a URL in a log', () => {
  it.each([
    ['http://pub.test/a?token=PLANTED', 'http://pub.test/a?[masked]'],
    [
      'https://pub.test?k=PLANTED&x=1#PLANTED',
      'https://pub.test?[masked]#[masked]',
    ],
    ['http://pub.test/#access=PLANTED', 'http://pub.test/#[masked]'],
    ['https://me:PLANTED@pub.test:8443/a', 'https://pub.test:8443/a'],
    ['ws://browser/chromium?token=PLANTED', 'ws://browser/chromium?[masked]'],
    ['postgres://u:PLANTED@db/x', 'postgres://db/x'],
    [
      'net::ERR_FAILED at http://a/?k=PLANTED, then http://b/?k=PLANTED',
      'net::ERR_FAILED at http://a/?[masked] then http://b/?[masked]',
    ],
    [
      '{"url":"http://a/?q=PLANTED","cause":"\\"http://b/?q=PLANTED\\" failed"}',
      '{"url":"http://a/?[masked]","cause":"\\"http://b/?[masked]\\" failed"}',
    ],
    ['http://a/?to=http://b/?k=PLANTED&u=x@y', 'http://a/?[masked]'],
    ["at http://a/?q='PLANTED' b", 'at http://a/?[masked] b'],
  ])('%s', (text, expected) => {
    expect(maskUrls(text)).toBe(expected);
    expect(maskUrls(text)).not.toContain('PLANTED');
  });

  it.each([
    'http://pub.test:4180/pricing',
    'nothing of that kind? no # at all',
    'me@pub.test',
    '{"host":"pub.test","port":443}',
  ])('keeps %s', text => {
    expect(maskUrls(text)).toBe(text);
  });

  it('keeps a line of JSON one', () => {
    const line = JSON.stringify({ url: 'http://u:p@a/?b="c"#d', n: 1 });
    expect(JSON.parse(maskUrls(line))).toEqual({
      url: expect.stringMatching(/^http:\/\/a\/\?\[masked\]/),
      n: 1,
    });
  });
});
