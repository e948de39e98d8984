import type { PricingPage } from './pricing-page';

function cards(plans: readonly (readonly [string, string, string])[]): string {
  return `<div class="row">${plans
    .map(
      ([name, price, terms]) =>
        `<div class="col"><h3>${name}</h3><p class="big">${price}</p><p>${terms}</p></div>`,
    )
    .join('')}</div>`;
}

export const LOCALE_PAGES: readonly PricingPage[] = [
  {
    name: 'german with comma decimals',
    lang: 'de',
    body: `<h1>Preise</h1>${cards([
      ['Basis', '9,90 €', 'pro Monat'],
      ['Profi', '1.290,00 €', 'pro Jahr'],
      ['Konzern', 'Auf Anfrage', ''],
    ])}<p>statt 99,00 € für Neukunden</p>`,
    plans: {
      Basis: ['9.9 EUR month'],
      Profi: ['1290 EUR year'],
      Konzern: 'contact',
    },
    decoys: [99],
  },
  {
    name: 'french with spaces as thousands',
    lang: 'fr',
    body: `<h1>Tarifs</h1>${cards([
      ['Essentiel', '19 €', 'par mois'],
      ['Affaires', '1 490 €', 'par an'],
      ['Sur mesure', 'Sur devis', ''],
    ])}`,
    plans: {
      Essentiel: ['19 EUR month'],
      Affaires: ['1490 EUR year'],
      'Sur mesure': 'contact',
    },
  },
  {
    name: 'spanish',
    lang: 'es',
    body: `<h1>Precios</h1>${cards([
      ['Básico', '12,50 €', 'al mes'],
      ['Avanzado', '45 €', 'por usuario al mes'],
    ])}`,
    plans: { Básico: ['12.5 EUR month'], Avanzado: ['45 EUR month'] },
  },
  {
    name: 'swedish crowns',
    lang: 'sv-SE',
    body: `<h1>Priser</h1>${cards([
      ['Liten', '99 kr', '/månad'],
      ['Stor', '1 299 kr', '/år'],
    ])}`,
    plans: { Liten: ['99 SEK month'], Stor: ['1299 SEK year'] },
  },
  {
    name: 'swiss francs with apostrophe',
    lang: 'de-CH',
    body: `<h1>Preise</h1>${cards([
      ['Klein', 'CHF 29.–', 'pro Monat'],
      ['Gross', "CHF 1'490.–", 'pro Jahr'],
    ])}`,
    plans: { Klein: ['29 CHF month'], Gross: ['1490 CHF year'] },
  },
  {
    name: 'australian dollars',
    lang: 'en-AU',
    body: `<h1>Plans</h1>${cards([
      ['Wallaby', '$19', 'per month'],
      ['Kangaroo', '$49', 'per month'],
    ])}`,
    plans: { Wallaby: ['19 AUD month'], Kangaroo: ['49 AUD month'] },
  },
  {
    name: 'dollars that the page calls canadian',
    body: `<h1>Plans</h1>${cards([
      ['Maple', '$19', 'per month'],
      ['Moose', '$49', 'per month'],
    ])}<p>All prices are in CAD.</p>`,
    plans: { Maple: ['19 CAD month'], Moose: ['49 CAD month'] },
  },
  {
    name: 'codes after the amount',
    body: `<h1>Plans</h1>${cards([
      ['Euro plan', '29 EUR', 'per month'],
      ['Pound plan', '25 GBP', 'per month'],
      ['Dollar plan', '$31 USD', 'per month'],
    ])}`,
    plans: {
      'Euro plan': ['29 EUR month'],
      'Pound plan': ['25 GBP month'],
      'Dollar plan': ['31 USD month'],
    },
  },
  {
    name: 'rupees and yen',
    body: `<h1>Plans</h1>${cards([
      ['Mumbai', '₹1,499', 'per month'],
      ['Tokyo', '¥3,000', '/ month'],
    ])}`,
    plans: { Mumbai: ['1499 INR month'], Tokyo: ['3000 JPY month'] },
  },
  {
    name: 'polish and czech',
    lang: 'pl',
    body: `<h1>Cennik</h1>${cards([
      ['Podstawowy', '49,99 zł', '/ miesiąc'],
      ['Firmowy', '1 200 zł', '/ rok'],
    ])}`,
    plans: { Podstawowy: ['49.99 PLN month'], Firmowy: ['1200 PLN year'] },
  },
  {
    name: 'a note that holds for the page',
    body: `<h1>Pricing</h1><p>Prices are per user, per month.</p>${cards([
      ['One', '$4', ''],
      ['Two', '$8', ''],
    ])}`,
    plans: { One: ['4 USD month user'], Two: ['8 USD month user'] },
  },
  {
    name: 'sections for each period',
    body: `<h2>Monthly plans</h2>${cards([
      ['North', '$10', ''],
      ['South', '$20', ''],
    ])}<h2>Yearly plans</h2>${cards([
      ['East', '$100', ''],
      ['West', '$200', ''],
    ])}`,
    plans: {
      North: ['10 USD month'],
      South: ['20 USD month'],
      East: ['100 USD year'],
      West: ['200 USD year'],
    },
  },
];
