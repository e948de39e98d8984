/**
 * Addresses as people paste them: from a spreadsheet, a mail, Markdown, a table, JSON. The form shows what it made of them, and the
 * scaffolder's actions read their input in the same way.
 */
import { LIMITS } from './limits';
import {
  addressMistake,
  isBareAddress,
  namesOfPage,
  tidyAddress,
  withScheme,
  type Sameness,
} from './target-address';

/**
 * `apart`: several addresses stood in one line. `scheme`: https:// was added. `tidied`: bullets, quotes, a bracket, a port were taken
 * away, or letters made small. `leftOut`: words that stood beside an address. `repeated`: the page stands there already.
 */
export interface TargetMend {
  kind: 'apart' | 'scheme' | 'tidied' | 'leftOut' | 'repeated';
  /** Counted from 1, of what was pasted. */
  line: number;
  /** What was written, of `leftOut` and `repeated` that part of it. */
  from: string;
  /** What was made of it; of `repeated` the address that stays. */
  to: string[];
  /** Of `repeated`: how far they are alike. */
  sameness?: Sameness;
}

export interface ReadTargets {
  /** One address a line. A line in which no address can be read stays as it was: `addressMistake` says why. */
  lines: string[];
  mends: TargetMend[];
}

/** What always ends an address: blanks, and characters that no address has. */
const BETWEEN = /[\s"<>`“”„«»‹›]+/u;
/** What ends an address only where another one follows, or where words came before it: an address may have these. */
const PERHAPS_BETWEEN = /([,;|，；、])/u;
/** Characters that are not seen. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff]/gu;
const LIST_MARK = /^(?:\(?\d{1,4}[.):]|\(?[a-z][.)]|\[[ x]?\])$/i;
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

const isAddress = (text: string): boolean =>
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

/** Whether a character between two pieces can still belong to the address before it. */
const canGoOn = (address: string): boolean =>
  /^[^/]*\/\/[^/?#]+[/?#]/.test(address) ||
  /^[^/?#:]+(?::\d+)?[/?#]/.test(address);

/** Addresses and words of a text without blanks. */
function readToken(
  token: string,
  inSentence: boolean,
): { addresses: string[]; words: string[] } {
  const addresses: string[] = [];
  const words: string[] = [];
  let isOpen = false;
  // [text, mark, text, mark, text]
  const parts = token.split(PERHAPS_BETWEEN);
  for (let index = 0; index < parts.length; index += 2) {
    const part = parts[index];
    const { before, address } = addressIn(part, inSentence);
    const last = addresses.length - 1;
    if (address !== undefined) {
      if (before) words.push(before);
      // Cells of a table: a mark ended the words, so the next mark ends the address.
      isOpen = words.length === 0;
      addresses.push(part.startsWith(address) ? part : address);
    } else if (isOpen && canGoOn(addresses[last])) {
      addresses[last] += parts[index - 1] + part;
    } else if (part) {
      words.push(part);
    }
  }
  return {
    addresses: addresses.map(address => trimEnd(address, inSentence)),
    words,
  };
}

/** Where the address of a Markdown link ends: at the bracket that closes it, or at a blank. */
function endOfLink(text: string, from: number): number {
  let depth = 0;
  const most = Math.min(text.length, from + 2 * LIMITS.targetUrl);
  for (let at = from; at < most; at++) {
    if (/\s/.test(text[at]) || text.startsWith('](', at)) return at;
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth < 0) return at;
  }
  return most;
}

/** `[text](address "title")` with the address apart from its text, which is left out where it is the same once more. */
function openLinks(line: string): string {
  let read = '';
  let from = 0;
  for (;;) {
    const middle = line.indexOf('](', from);
    if (middle < 0) return read + line.slice(from);
    const open = from + line.slice(from, middle).lastIndexOf('[');
    const end = endOfLink(line, middle + 2);
    const address = line.slice(middle + 2, end).replace(/^<|>$/g, '');
    if (open < from || !isAddress(address)) {
      read += line.slice(from, middle + 2);
      from = middle + 2;
    } else {
      const text = line.slice(open + 1, middle);
      const isTwice = isAddress(text) || text === '';
      read += `${line.slice(from, open)} ${isTwice ? '' : text} <${address}> `;
      from = line[end] === ')' ? end + 1 : end;
    }
  }
}

/** Addresses of one line as they are written, and the words beside them. */
function readLine(line: string): { addresses: string[]; words: string } {
  const addresses: string[] = [];
  const words: string[] = [];
  const tokens = openLinks(line).split(BETWEEN).filter(Boolean);
  // Where there is nothing but addresses, a full stop is the address's own.
  const inSentence = tokens.length > 1 || !OTHER_SCHEME.test(tokens[0] ?? '');
  tokens.forEach((token, index) => {
    const isMark = index < 3 && words.length === 0 && LIST_MARK.test(token);
    if (isMark && addresses.length === 0) return;
    const read = readToken(token, inSentence);
    addresses.push(...read.addresses);
    words.push(...read.words);
  });
  return {
    addresses,
    words: words
      .filter(
        (word, index) =>
          /[\p{L}\p{N}]/u.test(word) && !(index === 0 && LIST_MARK.test(word)),
      )
      .join(' '),
  };
}

const mended = (address: string): string =>
  tidyAddress(OTHER_SCHEME.test(address) ? address : withScheme(address));

function mendLine(text: string, line: number): ReadTargets {
  const { addresses, words } = readLine(text);
  if (addresses.length === 0) {
    // A rule between rows, a bracket: nothing is lost with it.
    const isNothing = !/[\p{L}\p{N}]/u.test(text);
    return { lines: isNothing ? [] : [text], mends: [] };
  }
  const lines = addresses.map(mended);
  const mends: TargetMend[] = [];
  if (lines.length > 1) {
    mends.push({ kind: 'apart', line, from: text, to: lines });
  } else if (!OTHER_SCHEME.test(addresses[0])) {
    mends.push({ kind: 'scheme', line, from: addresses[0], to: lines });
  } else if (lines[0] !== text) {
    mends.push({ kind: 'tidied', line, from: text, to: lines });
  }
  if (words) mends.push({ kind: 'leftOut', line, from: words, to: [] });
  return { lines, mends };
}

/** The address among `kept` that is the same page, and how far it is alike. */
class Kept {
  private readonly names = new Map<string, string>();

  constructor(private readonly kinds: readonly Sameness[]) {}

  /** @returns undefined where it is new, and then keeps it */
  repeats(address: string): { of: string; sameness: Sameness } | undefined {
    if (addressMistake(address)) return undefined;
    const names = namesOfPage(address);
    for (const sameness of this.kinds) {
      const of = this.names.get(`${sameness} ${names[sameness]}`);
      if (of !== undefined) return { of, sameness };
    }
    for (const kind of this.kinds) {
      this.names.set(`${kind} ${names[kind]}`, address);
    }
    return undefined;
  }
}

const repetition = (
  line: number,
  from: string,
  { of, sameness }: { of: string; sameness: Sameness },
): TargetMend => ({ kind: 'repeated', line, from, to: [of], sameness });

/**
 * Takes a text apart into addresses and mends what can be mended without asking. What was mended is told, line by line; what can't be
 * read stays where it is. Reading its own result changes nothing.
 *
 * @param text lines, in which addresses may stand in any company
 * @param alike what makes two addresses one page; a person who is shown it can say no, a program can't
 */
export function readTargets(
  text: string,
  alike: readonly Sameness[] = ['same', 'fragment', 'slash'],
): ReadTargets {
  const lines: string[] = [];
  const mends: TargetMend[] = [];
  const kept = new Kept(alike);
  text.split(/\r\n|[\n\r\u2028\u2029]/).forEach((raw, index) => {
    const line = index + 1;
    const written = raw.replace(UNSEEN, '').trim();
    const read = mendLine(written, line);
    const repeated = read.lines.flatMap(address => {
      const twice = kept.repeats(address);
      if (!twice) lines.push(address);
      return twice ? [repetition(line, address, twice)] : [];
    });
    // Of what is left out it does not matter how it was written.
    const isGone = repeated.length > 0 && repeated.length === read.lines.length;
    mends.push(
      ...read.mends.filter(({ kind }) => !isGone || kind === 'leftOut'),
      ...repeated,
    );
  });
  return { lines, mends };
}

/**
 * The same for a list that nobody looks at any more, such as the input of a scaffolder's action.
 *
 * @param input one text for each address, as it should be; several in one are taken apart
 * @returns the addresses, and a sentence without a full stop for each text of which something would be lost. What is no address is
 * among the addresses still, for the schema to refuse
 */
export function targetsOfInput(input: readonly string[]): {
  urls: string[];
  problems: string[];
} {
  const problems: string[] = [];
  const urls = new Map<string, string>();
  input.forEach((text, index) => {
    const { lines, mends } = readTargets(text, ['same']);
    const leftOut = mends.find(({ kind }) => kind === 'leftOut');
    if (leftOut) {
      problems.push(
        `targetUrls[${index}] has more than an address: "${leftOut.from}" stands beside it`,
      );
    }
    for (const url of lines.length > 0 ? lines : [text]) {
      if (addressMistake(url) === 'cutShort') {
        problems.push(
          `targetUrls[${index}] is cut short: it ends with dots; write the whole address`,
        );
      }
      const key = URL.canParse(url) ? new URL(url).href : url;
      if (!urls.has(key)) urls.set(key, url);
    }
  });
  return { urls: [...urls.values()], problems };
}
