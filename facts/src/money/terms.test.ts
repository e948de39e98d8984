import { describe, expect, it } from '@jest/globals';
import { parseTerms, termsInLabel } from './terms';

describe('terms beside an amount', () => {
  it.each([
    ['/mo', { period: 'month' }],
    ['/month', { period: 'month' }],
    [' per month', { period: 'month' }],
    [' a month', { period: 'month' }],
    [' monthly', { period: 'month' }],
    ['/user/month', { per: 'user', period: 'month' }],
    [' per user per month', { per: 'user', period: 'month' }],
    [' / seat / mo', { per: 'seat', period: 'month' }],
    [
      ' per seat/month, billed annually',
      { per: 'seat', period: 'month', billed: 'billed annually' },
    ],
    [' billed yearly', { billed: 'billed yearly' }],
    [' USD per editor per year', { per: 'editor', period: 'year' }],
    [' one-time payment', { period: 'once' }],
    ['/hr', { period: 'hour' }],
    [' per 1,000 events', { per: '1,000 events' }],
    [' per GB', { per: 'gb' }],
    [' pro Monat', { period: 'month' }],
    [' pro Nutzer und Monat', { per: 'user', period: 'month' }],
    ['每人每月', { per: 'user', period: 'month' }],
    [' / 月 / ユーザー', { per: 'user', period: 'month' }],
    [' प्रति माह', { period: 'month' }],
    [' aylık', { period: 'month' }],
    [' pro Nutzer/Monat zzgl. MwSt.', { per: 'user', period: 'month' }],
    [' par mois', { period: 'month' }],
    [' al mes', { period: 'month' }],
    [' per delivery', { per: 'delivery' }],
    ['/ 3 months', { per: '3 months' }],
    ['COP / mes + IVA', { period: 'month' }],
    [' la hora', { period: 'hour' }],
    [' l’heure', { period: 'hour' }],
    [' stundā', { period: 'hour' }],
    [' im Monat', { period: 'month' }],
    [
      'USD per person/month, when paying monthly',
      { per: 'person', period: 'month', billed: 'paying monthly' },
    ],
  ])('"%s"', (text, terms) => {
    expect(parseTerms(text).terms).toEqual(terms);
  });

  it.each([
    '',
    ' for everybody',
    ' and more',
    ' 10,000 events / month',
    ' an expert',
    ' the best',
  ])('finds none in "%s"', text => {
    expect(parseTerms(text).found).toBe(false);
  });

  it.each([
    'cada noche',
    'elke nacht',
    'varje natt',
    'hver nat',
    'pr natt',
    'à noite',
    'ogni notte',
    'mỗi đêm',
    'setiap malam',
    'už naktį',
    'kas naktį',
    'každý noc',
    'her gece',
    'κάθε νύχτα',
    'كل ليلة',
    'ต่อ คืน',
    '/ oíche',
    '/ ноћ',
  ])('"%s" is a night', text => {
    expect(parseTerms(text).terms).toEqual({ per: 'night', period: 'day' });
  });

  it('reads a unit that a night follows', () => {
    expect(parseTerms('за номер за ночь').terms).toEqual({
      per: 'номер',
      period: 'day',
    });
  });

  it('stops at the first word that is none', () => {
    const text = '/month includes 5 users per site';
    const parsed = parseTerms(text);
    expect(text.slice(0, parsed.used)).toBe('/month');
  });

  it.each([
    ['Price per month', 'month'],
    ['Yearly', 'year'],
    ['Monthly plans', 'month'],
    ['Month', 'month'],
    ['Become an expert', undefined],
    ['Features', undefined],
  ])('label "%s" says %s', (label, period) => {
    expect(termsInLabel(label).period).toBe(period);
  });

  // A pattern that tries every start would need hours here.
  it('comes to an end with a long text that promises terms', () => {
    expect(parseTerms('/ '.repeat(500_000))).toEqual(expect.any(Object));
    expect(termsInLabel('per '.repeat(500_000)).period).toBeUndefined();
  }, 60_000);
});
