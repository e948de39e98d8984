import type { Words } from './words';

/** One payment for all: what is in it of a word for instalments says nothing of several. */
export const ONE_PAYMENT: Words = {
  ru: [
    'разовый платёж',
    'разовый платеж',
    'единоразовый платёж',
    'единоразовый платеж',
    'одним платежом',
    'единовременный платёж',
    'единовременный платеж',
  ],
  uk: ['разовий платіж', 'одноразовий платіж', 'одним платежем'],
  bg: ['еднократна вноска', 'еднократно плащане'],
  de: ['Einmalzahlung'],
  es: ['pago único', 'un solo pago', 'un único pago'],
  fr: ['paiement unique', 'paiement en une fois'],
  it: ['pagamento unico', 'unica soluzione'],
  pt: ['pagamento único'],
  pl: ['jednorazowa rata', 'płatność jednorazowa'],
};
