import { Parser } from 'htmlparser2';

/** An element of a page's source. Only what the main content is told by: a whole document would take ten times as long to make. */
export interface HtmlElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  parent?: HtmlElement;
  /** Elements and text in their order; neighbouring text is one string. */
  content: (HtmlElement | string)[];
}

export interface HtmlTree {
  root: HtmlElement;
  title: string;
  /** The first element with each id. */
  byId: ReadonlyMap<string, HtmlElement>;
}

/** What no reader reads and no selector of the collector goes into. */
const WITHOUT_TEXT = /^(?:script|style|template)$/;

const MAX_TITLE = 500;

/** The elements of a page's source as the browser wrote it down, or as it came. */
export function parseHtml(html: string): HtmlTree {
  const top: HtmlElement = { tag: 'html', attributes: {}, content: [] };
  const byId = new Map<string, HtmlElement>();
  let at = top;
  let silent = 0;
  let title = '';
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const made = { tag, attributes, parent: at, content: [] };
        at.content.push(made);
        if (attributes.id && !byId.has(attributes.id))
          byId.set(attributes.id, made);
        at = made;
        if (WITHOUT_TEXT.test(tag)) silent += 1;
      },
      ontext(text) {
        if (silent > 0) return;
        if (
          at.tag === 'title' &&
          at.parent?.tag === 'head' &&
          title.length < MAX_TITLE
        )
          title += text;
        const last = at.content.length - 1;
        if (typeof at.content[last] === 'string') at.content[last] += text;
        else at.content.push(text);
      },
      onclosetag(tag) {
        if (WITHOUT_TEXT.test(tag)) silent -= 1;
        at = at.parent ?? top;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const elements = top.content.filter(each => typeof each !== 'string');
  const root = elements.find(each => each.tag === 'html') ?? top;
  root.parent = undefined;
  return { root, byId, title };
}

const STEP = /^([a-z][a-z0-9-]*)(?::nth-of-type\((\d+)\))?$/i;

function childOf(parent: HtmlElement, step: string): HtmlElement | undefined {
  const match = STEP.exec(step);
  if (!match) return undefined;
  let left = Number(match[2] ?? 1);
  for (const each of parent.content)
    if (typeof each !== 'string' && each.tag === match[1] && --left === 0)
      return each;
  return undefined;
}

/** CSS escapes of an id: `\31 a` is `1a`. */
function unescape(id: string): string {
  return id.replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_all, hex, plain) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : plain,
  );
}

/** The element that a selector of the collector names; of what lies in a shadow root or a frame, the element that holds it. */
export function createFinder({ root, byId }: HtmlTree) {
  const known = new Map<string, HtmlElement | undefined>();
  const find = (selector: string): HtmlElement | undefined => {
    if (known.has(selector)) return known.get(selector);
    const cut = selector.lastIndexOf(' > ');
    let found: HtmlElement | undefined = root;
    if (cut >= 0) {
      const parent = find(selector.slice(0, cut));
      found = parent && childOf(parent, selector.slice(cut + 3));
    } else if (selector.startsWith('#'))
      found = byId.get(unescape(selector.slice(1)));
    known.set(selector, found);
    return found;
  };
  return (selector: string) => find(selector.split(' >>> ')[0]);
}
