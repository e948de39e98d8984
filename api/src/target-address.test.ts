import { describe, expect, it } from '@jest/globals';
import { addressMistake, doubtfulTail, isPrivateHost } from './target-address';

/* eslint-disable no-script-url -- the tests are about such URLs */
describe('an address', () => {
  it.each([
    ['a.example/pricing', 'beginWithHttp'],
    ['file:///etc/passwd', 'onlyHttp'],
    ['javascript:alert(1)', 'onlyHttp'],
    ['HTTPS://a.example', 'onlyHttp'],
    ['https://bob:secret@a.example/', 'credentials'],
    ['https://@a.example/', 'credentials'],
    ['https://a.example/x y', 'spaces'],
    ['https://', 'noUrl'],
    ['https://a.example/pric...', 'cutShort'],
    ['https://a.example/pric…', 'cutShort'],
    ['https://a.example/p\u202ex', 'unseen'],
    ['https://a.example/p\u0000x', 'unseen'],
    ['http://https://a.example/p', 'twoSchemes'],
    ['https://web.example/https://a.example', undefined],
    ['https://a.example/{{x}}', 'braces'],
    ['https:///x', 'noPageAddress'],
    [`https://a.example/${'x'.repeat(2048)}`, 'tooLong'],
    ['https://a.example/pricing', undefined],
    ['http://10.0.0.1/', undefined],
  ])('%s has the mistake %s', (url, mistake) => {
    expect(addressMistake(url)).toBe(mistake);
  });
});

describe('the end of an address', () => {
  it.each([
    ['https://a.example/p;Acme;12', ';Acme;12'],
    ['https://a.example/p|Acme', '|Acme'],
    ['https://a.example/p,Acme,12', ',Acme,12'],
    ['https://a.example/p,b.example/q', ',b.example/q'],
    ['https://a.example/phttps://b.example/q', 'https://b.example/q'],
    ['https://web.example/1/https://b.example/q', undefined],
    ['https://a.example/x%2Fhttps://b.example/q', undefined],
    ['https://a.example/?to=xhttps://b.example/q', undefined],
    ['https://a.example/x;jsessionid=ab.cd', undefined],
    ['https://a.example/@52.5163,13.3777,15z/data', undefined],
    ['https://a.example/foo,1518,index.html', undefined],
  ])('of %s is in doubt: %s', (url, tail) => {
    expect(doubtfulTail(url)).toBe(tail);
  });
});

describe('a host', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    'wiki.internal',
    'brightloop.localhost',
  ])('%s is taken for private', host => expect(isPrivateHost(host)).toBe(true));

  it.each(['a.example', '8.8.8.8', '172.32.0.1', '[2606:4700::1111]'])(
    '%s is taken for public',
    host => expect(isPrivateHost(host)).toBe(false),
  );
});
