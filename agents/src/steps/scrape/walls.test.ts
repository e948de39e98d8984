import { describe, expect, it } from '@jest/globals';
import { isSignInForm, judgePage, type PageSigns } from './walls';

const page = (change: Partial<PageSigns>): PageSigns => ({
  requestedUrl: 'https://a.test/pricing',
  finalUrl: 'https://a.test/pricing',
  status: 200,
  headers: {},
  title: 'Pricing',
  text: 'Plans and prices of all kinds',
  passwordFields: 0,
  hasMedia: false,
  ...change,
});

const cases: Record<
  string,
  [change: Partial<PageSigns>, reason: string | undefined]
> = {
  'a page': [{}, undefined],
  'a picture without text': [{ text: '', hasMedia: true }, undefined],
  'nothing at all': [{ text: ' \n ' }, 'BLANK_PAGE'],
  'only punctuation': [{ text: '…' }, 'BLANK_PAGE'],
  'not found': [{ status: 404 }, 'HTTP_ERROR'],
  'a plain 403': [
    { status: 403, title: '403', text: 'Forbidden' },
    'HTTP_ERROR',
  ],
  'asks for credentials': [{ status: 401 }, 'LOGIN_WALL'],
  'a challenge by header': [
    { status: 403, headers: { 'cf-mitigated': 'challenge' } },
    'BOT_WALL',
  ],
  'a challenge by title and words': [
    { title: 'Just a moment...', text: 'Verifying you are human.' },
    'BOT_WALL',
  ],
  'refused with a check': [
    { status: 403, title: 'Access Denied', text: 'x' },
    'BOT_WALL',
  ],
  'an article with such a title': [
    { title: 'Access denied: a history', text: 'Once upon a time' },
    undefined,
  ],
  'an article about checks': [
    { text: `Sites ask: verify you are human. ${'More words. '.repeat(200)}` },
    undefined,
  ],
  'a redirect to the login': [
    {
      finalUrl: 'https://a.test/login?next=/pricing',
      passwordFields: 1,
      text: 'Sign in',
    },
    'LOGIN_WALL',
  ],
  'a redirect to a login host': [
    { finalUrl: 'https://login.a.test/x', passwordFields: 1, text: 'Sign in' },
    'LOGIN_WALL',
  ],
  'the login that was asked for': [
    {
      requestedUrl: 'https://a.test/login',
      finalUrl: 'https://a.test/login/',
      passwordFields: 1,
      text: 'Sign in',
    },
    undefined,
  ],
  'a page with a login box': [{ passwordFields: 1 }, undefined],
  'a redirect elsewhere with a login box': [
    { finalUrl: 'https://a.test/plans', passwordFields: 1 },
    undefined,
  ],
};

describe('judgePage', () => {
  it.each(Object.entries(cases))('%s', (_name, [change, reason]) => {
    expect(judgePage(page(change))?.reason).toBe(reason);
  });
});

describe('a page that is only a form to sign in', () => {
  it.each<[string, Partial<PageSigns>, boolean]>([
    ['with few words', { passwordFields: 1, text: 'Sign in' }, true],
    [
      'with some more, where its address says so',
      {
        finalUrl: 'https://a.test/login',
        passwordFields: 1,
        text: 'x '.repeat(300),
      },
      true,
    ],
    [
      'is none with prices beside it',
      { passwordFields: 1, text: 'Plans and prices. '.repeat(30) },
      false,
    ],
    ['is none without a password', { text: 'Sign in' }, false],
  ])('%s', (_what, change, isForm) => {
    expect(isSignInForm(page(change))).toBe(isForm);
  });
});
