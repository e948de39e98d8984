/**
 * Words by which a consent layer is known that the library's rules do not name, by language: each asks for leave to keep cookies. Small
 * letters; compared as parts of the layer's text.
 */
const COOKIES: Readonly<Record<string, readonly string[]>> = {
  en: ['cookie', 'consent'],
  de: ['cookies', 'einwilligung'],
  fr: ['cookies', 'consentement'],
  es: ['cookies', 'consentimiento'],
  it: ['cookie', 'consenso'],
  pt: ['cookies', 'consentimento'],
  tr: ['çerez'],
  pl: ['ciasteczk', 'plików cookie'],
  cs: ['soubory cookie', 'souhlas s'],
  hu: ['süti'],
  fi: ['eväste'],
  et: ['küpsis'],
  lv: ['sīkdat'],
  lt: ['slapuk'],
  hr: ['kolačić'],
  sl: ['piškotk'],
  bg: ['бисквитк'],
  ru: ['куки', 'cookie-файл'],
  uk: ['файли cookie', 'кукі'],
  el: ['συγκατάθεσ'],
  ar: ['ملفات تعريف الارتباط'],
  ja: ['クッキー'],
  ko: ['쿠키'],
  hi: ['कुकी'],
};

export const CONSENT_WORDS: readonly string[] = [
  ...new Set(Object.values(COOKIES).flat()),
];
