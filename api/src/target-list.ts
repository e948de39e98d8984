/**
 * Addresses as people paste them: from a spreadsheet, a mail, Markdown, a table, JSON. The form shows what it made of them, and the
 * scaffolder's actions read their input in the same way.
 */
import { LIMITS } from './limits';
import {
  addressMistake,
  doubtfulTail,
  isBareAddress,
  namesOfPage,
  tidyAddress,
  withScheme,
  type Sameness,
} from './target-address';
import {
  BETWEEN,
  canGoOn,
  isAddress,
  OTHER_SCHEME,
  readToken,
  withoutJoiners,
} from './target-token';
import { cellsOfTables, type TableCell } from './target-table';

/**
 * `apart`: several addresses stood in one line. `scheme`: https:// was added. `tidied`: bullets, quotes, a bracket, a port were taken
 * away, or letters made small. `guessed`: among other words a name such as Booking.com was taken for a page. `leftOut`: words that
 * stood beside an address. `repeated`: the page stands there already.
 */
export interface TargetMend {
  kind: 'apart' | 'scheme' | 'tidied' | 'guessed' | 'leftOut' | 'repeated';
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

/** Characters that are not seen, and marks that turn the direction of what follows. */
const UNSEEN =
  /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const LIST_MARK = /^(?:\(?\d{1,4}[.):]|\(?[a-z][.)]|\[[ x]?\])$/i;

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

/** Whether the text of a link says no more than its address: the same page, or its host. */
function isNameOf(text: string, address: string): boolean {
  const [named, page] = [mended(text), mended(address)];
  if (!URL.canParse(named) || !URL.canParse(page)) return named === page;
  const host = (url: string) => new URL(url).hostname.replace(/^www\./, '');
  if (!OTHER_SCHEME.test(text) && !canGoOn(text)) {
    return host(named) === host(page);
  }
  return namesOfPage(named).slash === namesOfPage(page).slash;
}

/**
 * `[text](address "title")` with the address apart from its text.
 *
 * @param others is given the texts that are another address
 */
function openLinks(line: string, others: string[]): string {
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
      if (isAddress(text) && !isNameOf(text, address)) others.push(text);
      read += `${line.slice(from, open)} ${
        isAddress(text) ? '' : text
      } <${address}> `;
      from = line[end] === ')' ? end + 1 : end;
    }
  }
}

/** The source of a page writes its addresses with `&amp;`. */
const decoded = (line: string): string =>
  /\bhref\s*=/i.test(line) ? line.replaceAll('&amp;', '&') : line;

/** Addresses of one line as they are written, and the words beside them. */
function readLine(line: string): { addresses: string[]; words: string } {
  const addresses: string[] = [];
  const words: string[] = [];
  const links: string[] = [];
  const tokens = openLinks(decoded(withoutJoiners(line)), links)
    .split(BETWEEN)
    .filter(Boolean);
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
    words: [...links, ...words]
      .filter(
        (word, index) =>
          /[\p{L}\p{N}]/u.test(word) && !(index === 0 && LIST_MARK.test(word)),
      )
      .join(' '),
  };
}

function mended(written: string): string {
  const address = withoutJoiners(written);
  return tidyAddress(
    OTHER_SCHEME.test(address) ? address : withScheme(address),
  );
}

/** Hosts without more among other words and addresses: a page, or the name of a company, or a number such as 1.2.3.4. */
const guesses = (addresses: readonly string[], words: string): string[] =>
  addresses.length > 1 && (words || addresses.some(one => /:\/\//.test(one)))
    ? addresses.filter(
        one => isBareAddress(one) && /^(?!www\.)[^/?#:]+$/i.test(one),
      )
    : [];

function mendLine(raw: string, line: number): ReadTargets {
  const text = raw.replace(UNSEEN, '').trim();
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
    for (const name of guesses(addresses, words)) {
      mends.push({ kind: 'guessed', line, from: name, to: [mended(name)] });
    }
  } else if (!OTHER_SCHEME.test(addresses[0])) {
    mends.push({ kind: 'scheme', line, from: addresses[0], to: lines });
  } else if (lines[0] !== raw.trim()) {
    mends.push({ kind: 'tidied', line, from: text, to: lines });
  }
  if (words) mends.push({ kind: 'leftOut', line, from: words, to: [] });
  return { lines, mends };
}

const besideIt = (line: number, from: string): TargetMend[] =>
  /[\p{L}\p{N}]/u.test(from) ? [{ kind: 'leftOut', line, from, to: [] }] : [];

/** What is made of a row of a table: its address, with the other cells told as left out. */
function mendRow({ address, beside }: TableCell, line: number): ReadTargets {
  const told = besideIt(line, beside);
  if (address === undefined) return { lines: [], mends: told };
  const { lines, mends } = mendLine(address, line);
  return { lines, mends: [...mends, ...told] };
}

/** What was taken apart may be rows as well: they are cut too, so that reading the result once more changes nothing. */
function withoutTables(reads: readonly ReadTargets[]): readonly ReadTargets[] {
  const cells = cellsOfTables(reads.flatMap(({ lines }) => lines));
  if (cells.size === 0) return reads;
  let at = 0;
  return withoutTables(
    reads.map(({ lines, mends }, index) => {
      const parts = lines.map(line => {
        const cell = cells.get(at++);
        return cell ? mendRow(cell, index + 1) : { lines: [line], mends: [] };
      });
      return {
        lines: parts.flatMap(part => part.lines),
        mends: [...mends, ...parts.flatMap(part => part.mends)],
      };
    }),
  );
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
  const written = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const rows = cellsOfTables(written.map(raw => raw.replace(UNSEEN, '')));
  const reads = written.map((raw, index) => {
    const row = rows.get(index);
    return row ? mendRow(row, index + 1) : mendLine(raw, index + 1);
  });
  withoutTables(reads).forEach((read, index) => {
    const line = index + 1;
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

/** Mistakes that the schema does not see. */
const PROBLEMS: Partial<Record<string, string>> = {
  cutShort: 'is cut short: it ends with dots; write the whole address',
  unseen: 'has characters that are not seen; write the address anew',
  twoSchemes: 'begins with two schemes; leave one of them',
};

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
    for (const { from } of mends.filter(({ kind }) => kind === 'guessed')) {
      problems.push(
        `targetUrls[${index}] names "${from}" beside other words: write https:// before it where it is a page`,
      );
    }
    for (const url of lines.length > 0 ? lines : [text]) {
      const problem = PROBLEMS[addressMistake(url) ?? ''];
      if (problem) problems.push(`targetUrls[${index}] ${problem}`);
      const tail = doubtfulTail(url);
      if (tail && /^http/i.test(tail)) {
        problems.push(
          `targetUrls[${index}] has two addresses in one: "${tail}" is glued to the first; write them apart`,
        );
      }
      const key = URL.canParse(url) ? new URL(url).href : url;
      if (!urls.has(key)) urls.set(key, url);
    }
  });
  return { urls: [...urls.values()], problems };
}
