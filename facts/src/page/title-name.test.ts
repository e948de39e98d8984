import { describe, expect, it } from '@jest/globals';
import { titleName } from './title-name';

describe('the company in a title', () => {
  it.each([
    ['Pricing | Quillon', 'Quillon'],
    ['Quillon | Pricing', 'Quillon'],
    ['Pricing—Quillon', 'Quillon'],
    ['Pricing / Quillon', 'Quillon'],
    ['Pricing • Quillon', 'Quillon'],
    ['料金プラン｜クイロン', 'クイロン'],
    ['料金｜Quillon', 'Quillon'],
    ['Preise und Pakete – Quillon', 'Quillon'],
    ['Nos tarifs - Quillon', 'Quillon'],
    ['Hinnasto | Quillon Oy', 'Quillon Oy'],
    ['Plans & Pricing · Quillon Labs, Inc.', 'Quillon Labs, Inc.'],
    ['Pricing - The best CRM for plumbers | Quillon', 'Quillon'],
    ['Quillon – Pricing – Online invoicing software', 'Quillon'],
    ['Quillon: simple pricing for teams', 'Quillon'],
    ['Zylo — compare', 'Zylo'],
    ['Prețuri | Siskin & Rowe', 'Siskin & Rowe'],
    ['Цены – Клиника Родник', 'Клиника Родник'],
  ])('is told without its host: %s', (title, name) => {
    expect(titleName(title, 'host.test', [])).toBe(name);
  });

  it.each([
    'Quillon Pricing Plans | From $15 per month',
    'Pricing',
    'Quillon Pricing',
    'Pricing | From $15 per month',
    'Pricing | 15 EUR a month',
    'Pricing | Start your trial',
    'Pricing | Get Started Today',
    'Tickets · DeepStack Summit',
    'Simple pricing for teams: online invoicing',
    'Plans that scale with you | The easiest CRM',
    'Pricing | Help Center',
    '料金プラン｜価格',
    '',
  ])('is not guessed: %s', title => {
    expect(titleName(title, 'host.test', [])).toBeUndefined();
  });

  it.each([
    ['Quillon Pricing Plans | From $15 per month', 'Quillon'],
    ['Pricing for Quillon', 'Quillon'],
    ['Quillon | The Easiest CRM', 'Quillon'],
    ['Compare plans - Quillon Help Center', 'Quillon'],
    ['Easy Pricing | QUILLON', 'QUILLON'],
    ['Quil Lon pricing', 'Quil Lon'],
  ])('is what the host is called: %s', (title, name) => {
    expect(titleName(title, 'www.quillon.co.uk', [])).toBe(name);
  });

  it('is what the link to the first page or the copyright says', () => {
    const title = 'Tickets · DeepStack Summit';
    expect(titleName(title, 'host.test', ['DeepStack Summit'])).toBe(
      'DeepStack Summit',
    );
    expect(
      titleName(title, 'host.test', ['© 2026 DeepStack Summit e.V.']),
    ).toBe('DeepStack Summit');
  });
});
