/** One element of the saved HTML, as far as grouping needs it. */
export interface Element {
  tag: string;
  /** As the collector writes it: `#id`, else the tag with its place among its like. */
  key: string;
  parent?: Element;
}

const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(
    ' ',
  ),
);
const RAW = new Set(
  'script style textarea title noscript iframe xmp'.split(' '),
);
const MAX_DEPTH = 1500;
const ATTRIBUTE =
  /([^\s=>"'/]+)(?:\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const HAS_ID = /(?:^|[\s"'/])id\s{0,8}=/i;
const USABLE_ID = /^[A-Za-z][\w-]{0,60}$/;

interface Open {
  element: Element;
  /** How many children of each tag were seen. */
  counts: Map<string, number>;
}

interface Tag {
  closing: boolean;
  name: string;
  attributes: string;
  end: number;
}

const GREATER = 62;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const SLASH = 47;
const SPACE = 32;

/** The end of a tag, past quoted attribute values. */
function tagEnd(html: string, from: number): number {
  for (let at = from; at < html.length; at += 1) {
    const code = html.charCodeAt(at);
    if (code === GREATER) return at;
    if (code !== DOUBLE_QUOTE && code !== SINGLE_QUOTE) continue;
    const end = html.indexOf(html[at], at + 1);
    if (end < 0) return html.length;
    at = end;
  }
  return html.length;
}

function isNameEnd(code: number): boolean {
  return code === GREATER || code === SLASH || code <= SPACE;
}

function idOf(attributes: string): string {
  // Most tags have none, and taking all attributes apart is most of the work.
  if (!HAS_ID.test(attributes)) return '';
  for (const [, name, double, single, bare] of attributes.matchAll(ATTRIBUTE))
    if (name.toLowerCase() === 'id') return double ?? single ?? bare ?? '';
  return '';
}

function readTag(html: string, at: number): Tag | undefined {
  const closing = html[at + 1] === '/';
  const from = at + (closing ? 2 : 1);
  const code = html.charCodeAt(from) | 32;
  if (!(code >= 97 && code <= 122)) return undefined;
  let to = from;
  while (to < html.length && !isNameEnd(html.charCodeAt(to))) to += 1;
  const end = tagEnd(html, to);
  return {
    closing,
    name: html.slice(from, to).toLowerCase(),
    attributes: html.slice(to, end),
    end: end + 1,
  };
}

function afterRaw(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}[\\s>/]`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}

/**
 * Reads the elements of HTML that a browser wrote. Forgiving, linear, and in need of nothing but the text: it only answers what an
 * element with an id stands in.
 * @returns the elements that have a usable id, by id.
 */
export function readElementsById(html: string): ReadonlyMap<string, Element> {
  const byId = new Map<string, Element>();
  const stack: Open[] = [];
  let at = html.indexOf('<');
  while (at >= 0 && at < html.length) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      at = end < 0 ? -1 : html.indexOf('<', end + 3);
      continue;
    }
    const tag = readTag(html, at);
    if (!tag) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    let next = tag.end;
    if (tag.closing) close(stack, tag.name);
    else {
      const element = open(stack, tag);
      const id = element.key.startsWith('#') ? element.key.slice(1) : '';
      if (id && !byId.has(id)) byId.set(id, element);
      if (RAW.has(tag.name)) next = afterRaw(html, tag.name, next);
    }
    at = html.indexOf('<', next);
  }
  return byId;
}

function close(stack: Open[], name: string): void {
  for (let at = stack.length - 1; at >= 0 && stack.length - at < 50; at -= 1) {
    if (stack[at].element.tag !== name) continue;
    stack.length = at;
    return;
  }
}

function open(stack: Open[], tag: Tag): Element {
  const top = stack[stack.length - 1];
  const place = (top?.counts.get(tag.name) ?? 0) + 1;
  top?.counts.set(tag.name, place);
  const name = idOf(tag.attributes);
  const element: Element = {
    tag: tag.name,
    key: USABLE_ID.test(name)
      ? `#${name}`
      : `${tag.name}:nth-of-type(${place})`,
    parent: top?.element,
  };
  if (!VOID.has(tag.name) && stack.length < MAX_DEPTH)
    stack.push({ element, counts: new Map() });
  return element;
}
