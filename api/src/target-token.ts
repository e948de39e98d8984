/** Addresses in a piece of text that has no blanks. */
import { isBareAddress } from './target-address';

/** What always ends an address: blanks, and characters that no address has. */
export const BETWEEN = /[\s"<>`“”„«»‹›]+/u;
/** What ends an address only where another one follows, or where words came before it: an address may have these. */
const PERHAPS_BETWEEN = /([,;|，；、])/u;
export const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

export const isAddress = (text: string): boolean =>
  OTHER_SCHEME.test(text) ||
  (text.startsWith('//') ? isBareAddress(text.slice(2)) : isBareAddress(text));

const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
/** What is left of a list after one of its members. */
const LIST_END = ',;|，；、';
/** How a sentence may end, and an address as well: `wiki/Yahoo!`. */
const SENTENCE_END = ".:!?*'’。";

const count = (text: string, character: string): number =>
  text.split(character).length - 1;

/** Without the comma of a list, the full stop of a sentence, a bracket that was opened before the address. */
function trimEnd(text: string, inSentence: boolean): string {
  const loose = inSentence ? LIST_END + SENTENCE_END : LIST_END;
  const spare = Object.fromEntries(
    Object.entries(CLOSING).map(([close, open]) => [
      close,
      count(text, close) - count(text, open),
    ]),
  );
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1];
    if (last in CLOSING ? spare[last] <= 0 : !loose.includes(last)) break;
    if (text.endsWith('...', end)) break;
    if (last in CLOSING) spare[last] -= 1;
  }
  return text.slice(0, end);
}

const trimStart = (text: string): string =>
  text.replace(/^[([{'‘*_~•·–—>+#|,;=-]+/u, '');

/** The address in a piece of text that has one, and the words before it. */
function addressIn(
  piece: string,
  inSentence: boolean,
): { before: string; address?: string } {
  const text = trimStart(piece);
  const emphasis = /[_~]+(?=[^_~]*$)/.exec(
    piece.slice(0, piece.length - text.length),
  )?.[0];
  const bare =
    emphasis && text.endsWith(emphasis)
      ? text.slice(0, -emphasis.length)
      : text;
  const whole = trimEnd(bare, inSentence);
  if (isAddress(whole)) return { before: '', address: whole };
  const at = bare.search(/https?:\/\//i);
  return at < 0
    ? { before: piece }
    : {
        before: bare.slice(0, at),
        address: trimEnd(bare.slice(at), inSentence),
      };
}

/** Without the joiners of a host, and at the end; within a path they belong to words of Persian and of India. */
export function withoutJoiners(line: string): string {
  if (!/[\u200c\u200d]/u.test(line)) return line;
  return line.replace(/\S+/gu, token =>
    token
      .replace(/^(?:[a-z]+:\/\/)?[^/?#]*/iu, head =>
        head.replace(/\u200c|\u200d/gu, ''),
      )
      .replace(/(?<!\u200c|\u200d)(?:\u200c|\u200d)+$/u, ''),
  );
}

/** Whether a character between two pieces can still belong to the address before it. */
export const canGoOn = (address: string): boolean =>
  /^[^/]*\/\/[^/?#]+[/?#]/.test(address) ||
  /^[^/?#:]+(?::\d+)?[/?#]/.test(address);

/**
 * Whether a piece after a comma or the like is an address of its own; a path or a query may name hosts: `compare/x.com,y.com`.
 *
 * @param hasQuery of the address before it, which has a scheme and a path
 */
function isNew(piece: string, hasQuery: boolean): boolean {
  const next = trimStart(piece);
  return /^https?:\/\//i.test(next) || (!hasQuery && /^www\./i.test(next));
}

/** Addresses and words of a text without blanks. */
export function readToken(
  token: string,
  inSentence: boolean,
): { addresses: string[]; words: string[] } {
  const addresses: string[] = [];
  const words: string[] = [];
  // Of the last address; an address may become long, so it is not asked again for each piece.
  let [goesOn, isKept, hasQuery] = [false, false, false];
  // [text, mark, text, mark, text]
  const parts = token.split(PERHAPS_BETWEEN);
  for (let index = 0; index < parts.length; index += 2) {
    const part = parts[index];
    const last = addresses.length - 1;
    const { before, address } =
      isKept && !isNew(part, hasQuery)
        ? { before: part }
        : addressIn(part, inSentence);
    if (address !== undefined) {
      if (before) words.push(before);
      // Cells of a table: a mark ended the words, so the next mark ends the address.
      goesOn = words.length === 0 && canGoOn(address);
      isKept = goesOn && OTHER_SCHEME.test(address);
      hasQuery = address.includes('?');
      addresses.push(part.startsWith(address) ? part : address);
    } else if (goesOn) {
      addresses[last] += parts[index - 1] + part;
      hasQuery ||= part.includes('?');
    } else if (part) {
      words.push(part);
    }
  }
  return {
    addresses: addresses.map(address => trimEnd(address, inSentence)),
    words,
  };
}
