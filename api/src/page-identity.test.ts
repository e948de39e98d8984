import { describe, expect, it } from '@jest/globals';
import { pageIdentity } from './page-identity';

const PRICING = 'https://acme.example/pricing?plan=team&seats=5';

describe('what a page is known by', () => {
  it.each([
    'HTTPS://ACME.example:443/pricing?plan=team&seats=5',
    'http://www.acme.example/pricing/?seats=5&plan=team',
    'https://acme.example/pricing/index.html?plan=team&seats=5#plans',
    'https://acme.example/pricing?utm_source=mail&plan=team&seats=5&gclid=1',
  ])('is one however it is written: %s', address => {
    expect(pageIdentity(address)).toBe(pageIdentity(PRICING));
  });

  it.each([
    'https://acme.example/pricing?plan=team',
    'https://acme.example/Pricing?plan=team&seats=5',
    'https://de.acme.example/pricing?plan=team&seats=5',
    'https://acme.example:8443/pricing?plan=team&seats=5',
    'https://acme.other/pricing?plan=team&seats=5',
  ])('is another for another page: %s', address => {
    expect(pageIdentity(address)).not.toBe(pageIdentity(PRICING));
  });

  it('is the text itself where that is no address', () => {
    expect(pageIdentity('https://[no/')).toBe('https://[no/');
  });
});
