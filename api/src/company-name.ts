/** What may stand as the name of a company, and where one is named: a page can call itself anything. */

const MAX_NAME = 48;
const MAX_WORDS = 6;
const LEGAL_FORMS = new Set(
  (
    'inc incorporated corp corporation co company llc llp lp ltd limited plc pty gmbh mbh ag kg kgaa ug ohg ek ev se sa sas sarl sasu srl spa ' +
    'snc sl slu bv nv vof as asa aps ab oy oyj ou uab sia doo dd ad ood eood zrt kft bt nyrt kk gk pte bhd sdn tbk pt ltda eireli ' +
    'oao ooo ao zao 株式会社 有限会社 合同会社 有限公司 股份有限公司 주식회사 유한회사'
  ).split(' '),
);
/** Written in two words or more, as `S. A.` is once its dots are gone. */
const LEGAL_PHRASES =
  /(?: (?:s a s|s a r l|s r l|s p a|s a|s l|b v|n v|k k|g k|sp z o o|s r o|a s|d o o|z o o|l l c|p l c|co kg|pty ltd|sdn bhd|de c v))+$/u;
const LEGAL_CJK =
  /(?:株式会社|有限会社|合同会社|股份有限公司|有限公司|주식회사|유한회사)/gu;
/** Scripts that write no spaces between words. */
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words alone: small letters, no accents, no marks, one space between. */
function words(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’'‘]s\b/gu, '')
    .replace(/[’'‘]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of a name without its legal form: `Globex GmbH & Co. KG` is "globex". The name itself where nothing else is left. */
export function coreOfName(name: string): string {
  const all = words(name.replace(LEGAL_CJK, ' '));
  const short = ` ${all}`.replace(LEGAL_PHRASES, '').trim().split(' ');
  while (short.length > 1 && LEGAL_FORMS.has(short[short.length - 1]))
    short.pop();
  return short.join(' ') || words(name);
}

/** The part of a host that a company is known by: "acme" of `shop.acme.example` and of `www.acme.co.uk`. */
export function nameOfHost(host: string): string {
  const labels = host.replace(/:\d+$/, '').split('.');
  const last = labels.length - 2;
  if (last < 0) return labels[0];
  const isZone = last > 0 && labels[last].length <= 3;
  return labels[isZone ? last - 1 : last];
}

/** Whether a text names the company: by whole words, whatever its legal form, its accents and its letters' case are. */
export function namesCompany(text: string, name: string): boolean {
  const core = coreOfName(name);
  if (!core) return false;
  const said = words(text);
  return NO_SPACES.test(name)
    ? said.replaceAll(' ', '').includes(core.replaceAll(' ', ''))
    : ` ${said} `.includes(` ${core} `);
}

// A dot behind a longer word ends a sentence; "Dr. Oetker", "J. Crew" have one that does not.
const SENTENCE_MARK =
  /[;:!?。！？；：…](?=\s|$)|[。！？；：]|\p{L}{4}\.\s|,\s|[“”„‟«»‹›"＂「」『』|｜<>{}[\]\\]/u;
const AMOUNT =
  /\p{Sc}|\d[\d.,\s]*(?:%|[a-z]{3}\b)|\b(?:usd|eur|gbp|chf|per (?:month|year|user|seat))\b/iu;
/** Words that tell or call instead of naming. */
const TELLS =
  /(?:^|\s)(?:is|are|was|were|has|have|had|costs?|charges?|closed?|closes|says?|said|wins?|beats?|will|can|cannot|your|you|now|ever|never|from|starting|free|cheaper|cheapest|instead|than|ignore|write|ist|sind|war|kostet|kosten|kostenlos|est|sont|gratuit|gratis|cuesta|es|costa)(?=\s|$)/iu;

/**
 * Whether a text has the form of a company's name: short, no sentence, no amount, no quotation marks. What the host of the page is called
 * as well may hold any word: "We Are Social" of `wearesocial.example`.
 */
export function isCompanyName(text: string, host: string): boolean {
  const name = text.trim();
  if (!/\p{L}|\p{N}/u.test(name) || name.length > MAX_NAME) return false;
  const core = coreOfName(name);
  const plain = name.replace(/,\s+(?=\S+\s*$)/u, ' ');
  const isLegalComma =
    plain !== name && core !== words(name) && !SENTENCE_MARK.test(plain);
  if (SENTENCE_MARK.test(name) && !isLegalComma) return false;
  const sameAsHost =
    core.replaceAll(' ', '') ===
    words(nameOfHost(host).replace(/-/g, '')).replaceAll(' ', '');
  if (sameAsHost) return true;
  return (
    core.split(' ').length <= MAX_WORDS &&
    !AMOUNT.test(name) &&
    !TELLS.test(name)
  );
}
