import { describe, expect, it } from '@jest/globals';
import { extractFacts } from '../extract-facts';
import { savedPageOf } from '../testing';
import { REQUEST_WORDS } from '../vocabulary/request-words';
import { isOnRequestText } from './lexicon';

describe('words in the place of a price', () => {
  it.each(Object.entries(REQUEST_WORDS))(
    'of %s are known, also with an arrow or a stop behind them',
    (_, words) => {
      for (const word of words)
        for (const written of [word, `${word} →`, `${word}.`])
          expect([written, isOnRequestText(written)]).toEqual([written, true]);
    },
  );

  it.each([
    'Support',
    'E-Mail',
    'Kontaktformular',
    'お問い合わせ履歴',
    '문의 내역',
  ])('are not "%s"', text => expect(isOnRequestText(text)).toBe(false));

  it('leave the plan a plan', () => {
    const page = savedPageOf(`<main><h1>Fiyatlar</h1><div>
      <div><h3>Başlangıç</h3><p>₺300 ayda</p></div>
      <div><h3>Atölye</h3><p>₺750 ayda</p></div>
      <div><h3>Ekip</h3><p>Bize ulaşın</p></div></div></main>`);
    expect(
      extractFacts(page)
        .filter(({ subject }) => subject === 'Ekip')
        .map(({ kind, value }) => [kind, value]),
    ).toEqual([
      ['plan', 'Ekip'],
      ['contact', 'Bize ulaşın'],
    ]);
  });
});

describe('a card', () => {
  const kinds = (body: string, subject: string) =>
    extractFacts(savedPageOf(`<main><h1>Prices</h1>${body}</main>`))
      .filter(fact => fact.subject === subject)
      .map(({ kind, value, unit }) =>
        [kind, value, unit?.per].filter(each => each !== undefined),
      );

  it('that counts people before its price is called by its heading', () => {
    const body = `<div><div><h3>Livre</h3><p>Mensalidade: 34,90 €</p></div>
      <div><h3>Pack família</h3><p>2 pessoas com desconto: 59,90 €</p></div></div>`;
    expect(kinds(body, 'Pack família')).toEqual([
      ['plan', 'Pack família'],
      ['price', 59.9],
    ]);
  });

  it('that offers help by e-mail is not sold by the e-mail', () => {
    const body = `<div><div><h3>Klein</h3><p>29 €</p><p>Hilfe per E-Mail</p></div>
      <div><h3>Groß</h3><p>59 €</p><p>Hilfe per E-Mail</p></div></div>`;
    expect(kinds(body, 'Klein')).toContainEqual(['price', 29]);
  });

  it('that ticks what it has has that, without the tick', () => {
    const body = `<div><div><h3>Small</h3><p>$9</p><ul><li>✓ Webhooks</li></ul></div>
      <div><h3>Large</h3><p>$19</p><ul><li>✓ 10 users</li></ul></div></div>`;
    expect(kinds(body, 'Small')).toContainEqual(['feature', 'Webhooks']);
    expect(kinds(body, 'Large')).toContainEqual(['limit', '10 users']);
  });
});
