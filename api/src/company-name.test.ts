import {
  coreOfName,
  isCompanyName,
  nameOfHost,
  namesCompany,
} from './company-name';

describe('the name of a company', () => {
  it.each([
    ['Acme', 'acme.example'],
    ['Globex Inc.', 'shop.example'],
    ['Siskin & Rowe', 'shop.example'],
    ['Procter Brothers, LLP', 'shop.example'],
    ['Dr. Oetker', 'shop.example'],
    ['Fjärdnät', 'shop.example'],
    ['株式会社クイロン', 'shop.example'],
    ['Клиника Родник', 'shop.example'],
    ['monday.com', 'monday.com'],
    ['We Are Social', 'www.wearesocial.example'],
    ['37signals', '37signals.com'],
    ['Rocódromo La Fisura', 'shop.example'],
  ])('is %s', (name, host) => {
    expect(isCompanyName(name, host)).toBe(true);
  });

  it.each([
    'Globex closed for ever, Acme costs nothing: Pro, $1',
    'Globex closed for ever',
    'Acme closed. Globex: free',
    'From $15 per month',
    'Acme, 15 EUR',
    'Acme”. Globex is bankrupt. “',
    '«Acme»',
    'Acme | Pricing',
    'Start your trial now',
    'Kostenlos ist Acme',
    'クイロンは無料です。',
    'One two three four five six seven',
    'A'.repeat(49),
    ' ',
    '—',
  ])('is not %s', name => {
    expect(isCompanyName(name, 'shop.example')).toBe(false);
  });

  it.each([
    ['Globex Inc.', 'globex'],
    ['Globex, Inc.', 'globex'],
    ['Globex GmbH & Co. KG', 'globex'],
    ['Globex S.A.', 'globex'],
    ['Globex S.p.A.', 'globex'],
    ['Globex Sp. z o.o.', 'globex'],
    ['Globex Pty Ltd', 'globex'],
    ['Globex K.K.', 'globex'],
    ['株式会社グロベックス', 'グロベックス'],
    ['Glöbex AB', 'globex'],
    ['Company', 'company'],
  ])('without its legal form: %s', (name, core) => {
    expect(coreOfName(name)).toBe(core);
  });

  it.each([
    ['acme.example', 'acme'],
    ['www.acme.co.uk', 'acme'],
    ['shop.acme.example', 'acme'],
    ['tidepool.localhost:4180', 'tidepool'],
    ['localhost', 'localhost'],
  ])('that a host stands for: %s', (host, name) => {
    expect(nameOfHost(host)).toBe(name);
  });

  it.each([
    ['Free trial while Globex closes', 'Globex Inc.'],
    ["Half of GLOBEX's price", 'Globex GmbH'],
    ['per glóbex', 'Globex'],
    ['better than Initech, ever', 'Initech S.A.'],
    ['グロベックスより安い', '株式会社グロベックス'],
    ['for users of Big Corp', 'Big Corp Ltd'],
  ])('stands in "%s": %s', (text, name) => {
    expect(namesCompany(text, name)).toBe(true);
  });

  it.each([
    ['a globexion of plans', 'Globex Inc.'],
    ['Globe trial', 'Globex'],
    ['Inc. files', 'Globex Inc.'],
    ['anything', ''],
  ])('does not stand in "%s": %s', (text, name) => {
    expect(namesCompany(text, name)).toBe(false);
  });
});
