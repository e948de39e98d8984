import type { PageLayout } from '@agentworkloads/api';
import { collectMetadata, serializeDocument } from './document';
import {
  appendRun,
  collapseWhitespace,
  newOutput,
  pushHidden,
  readableText,
  separatorFor,
  type Output,
} from './output';
import { of } from './safely';
import { blendsIn, isCovered } from './ground';
import {
  clipArea,
  clippedAway,
  cssPath,
  intersect,
  maskedAway,
  opacityOf,
  overlay,
  rootContext,
  toPageRect,
  turnOf,
  visibleShare,
  type Context,
  type PageRect,
} from './geometry';

/**
 * The script that runs inside the page: what a visitor sees, as text with its place, and apart from it what
 * a visitor does not see.
 *
 * As all of this folder it is bundled to text (`npm run generate`) and sent to the browser: it may use nothing but
 * the DOM and what it imports here. The text is in document order. Block elements are parted by a line break, table
 * cells and others that stand side by side by what the gap looks like, inline ones by white space as the
 * browser collapses it. Case is as written, not as `text-transform` shows it. A selector with ` >>> ` crosses
 * into an open shadow root or a same-origin frame.
 */
export interface CollectOptions {
  /** UTF-16 units of visible text. */
  maxText: number;
  maxRuns: number;
  maxElements: number;
  /** Milliseconds after which what was collected so far has to do; no limit where it is not given. */
  maxMs?: number;
}

export interface Collected {
  text: string;
  html: string;
  title: string;
  lang: string;
  layout: PageLayout;
  /** A picture, canvas, video or drawing of some size is visible. */
  hasMedia: boolean;
  /** Visible fields for a password. */
  passwordFields: number;
  /** A limit was reached: there was more on the page. */
  truncated: boolean;
}

export function collectPage(options: CollectOptions): Collected {
  const out = newOutput(options);
  const root = of(document, 'documentElement');
  const body = of(document, 'body');
  visitNode(root, rootContext(window), out, 0);
  const metadata = collectMetadata(document);
  return {
    text: out.parts.join(''),
    html: serializeDocument(document, out.shadowRoots),
    title: of(document, 'title').slice(0, 500),
    lang: (root.getAttribute('lang') || '').slice(0, 35),
    layout: {
      viewport: { width: window.innerWidth, height: window.innerHeight },
      pageHeight: Math.max(
        root.scrollHeight,
        body ? of(body, 'scrollHeight') : 0,
      ),
      runs: out.runs,
      jsonLd: metadata.jsonLd,
      meta: metadata.meta,
      hiddenText: out.hidden,
    },
    hasMedia: out.hasMedia,
    passwordFields: out.passwordFields,
    truncated: out.truncated,
  };
}

function visitNode(node: Node, context: Context, out: Output, depth: number) {
  if (out.truncated) return;
  const type = of(node, 'nodeType');
  if (type === Node.TEXT_NODE) {
    visitText(node as Text, context, out);
  } else if (type === Node.COMMENT_NODE) {
    pushHidden(out, (node as Comment).data);
  } else if (type === Node.ELEMENT_NODE) {
    const late = out.elements % 32 === 0 && performance.now() > out.until;
    if (++out.elements > out.maxElements || depth > 1500 || late) {
      out.truncated = true;
      return;
    }
    visitElement(node as Element, context, out, depth);
  }
}

function visitElement(
  element: Element,
  parent: Context,
  out: Output,
  depth: number,
) {
  const tag = of(element, 'localName');
  if (/^(script|style|template|head|title|meta|link|base)$/.test(tag)) return;
  if (tag === 'noscript') {
    pushHidden(out, (element.textContent || '').replace(/<[^>]*>/g, ' '));
    return;
  }
  if (tag === 'br') {
    out.lineBreak = true;
    return;
  }
  const style = parent.win.getComputedStyle(element);
  const context = enter(element, style, parent);
  if (!context) {
    pushHidden(out, readableText(element));
    return;
  }
  noteMedia(element, context, out);
  const block = !/^(inline|contents|ruby)$/.test(style.display);
  if (block) out.boundary = tag === 'td' || tag === 'th' ? 'cell' : 'block';
  visitGenerated(element, '::before', context, out);
  visitChildren(element, context, out, depth);
  visitGenerated(element, '::after', context, out);
  if (block && out.boundary !== 'cell') out.boundary = 'block';
}

/** The children as the browser lays them out: of the shadow root, of a slot, or of a frame's document. */
function visitChildren(
  element: Element,
  context: Context,
  out: Output,
  depth: number,
) {
  const tag = of(element, 'localName');
  if (tag === 'iframe' || tag === 'frame') {
    visitFrame(element as HTMLIFrameElement, context, out, depth);
    return;
  }
  if (tag === 'input' || tag === 'select' || tag === 'textarea') {
    visitField(element as HTMLInputElement | HTMLSelectElement, context, out);
    return;
  }
  let children: Iterable<Node> = of(element, 'childNodes');
  let inner = context;
  const shadow = of(element, 'shadowRoot');
  if (shadow) {
    out.shadowRoots.push(shadow);
    children = shadow.childNodes;
    inner = {
      ...context,
      prefixes: [...context.prefixes, `${cssPath(element, context)} >>> `],
    };
  } else if (tag === 'slot') {
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) {
      children = assigned;
      inner = { ...context, prefixes: context.prefixes.slice(0, -1) };
    }
  }
  const closed = tag === 'details' && !(element as HTMLDetailsElement).open;
  const summary = closed ? element.querySelector(':scope > summary') : null;
  for (const child of Array.from(children)) {
    if (closed && child !== summary) {
      pushHidden(out, readableText(child));
    } else {
      visitNode(child, inner, out, depth + 1);
    }
  }
}

function visitFrame(
  frame: HTMLIFrameElement,
  context: Context,
  out: Output,
  depth: number,
) {
  let inner: Document | null = null;
  try {
    inner = frame.contentDocument;
  } catch {
    inner = null;
  }
  const root = inner && of(inner, 'documentElement');
  const view = inner && of(inner, 'defaultView');
  if (!root || !view) return;
  const rect = frame.getBoundingClientRect();
  const place = toPageRect(rect, context);
  visitNode(
    root,
    {
      ...context,
      win: view as Context['win'],
      prefixes: [...context.prefixes, `${cssPath(frame, context)} >>> `],
      dx: context.dx + rect.left + frame.clientLeft,
      dy: context.dy + rect.top + frame.clientTop,
      clip: intersect(context.clip, place),
      absoluteClip: intersect(context.clip, place),
      fixedClip: intersect(context.clip, place),
    },
    out,
    depth + 1,
  );
}

/** What a visitor reads on a form field: the word on a button, the chosen option. What was typed is not text. */
function visitField(
  field: HTMLInputElement | HTMLSelectElement,
  context: Context,
  out: Output,
) {
  let text = '';
  if (field.localName === 'select') {
    const chosen = (field as HTMLSelectElement).selectedOptions[0];
    text = chosen ? chosen.textContent || '' : '';
  } else if (/^(submit|button|reset)$/.test(field.type)) {
    text = field.value;
  } else if (field.type === 'password') {
    out.passwordFields++;
  }
  const rect = toPageRect(field.getBoundingClientRect(), context);
  if (text.trim() && context.visible && visibleShare([rect], context) > 0.3) {
    emit(text.trim(), [rect], field, context, out);
  }
}

/** Text that a style sheet draws, such as a currency sign; signs of icon fonts are none. */
function visitGenerated(
  element: Element,
  which: '::before' | '::after',
  context: Context,
  out: Output,
) {
  const style = context.win.getComputedStyle(element, which);
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(style.content);
  if (!quoted || !context.visible) return;
  const text = quoted[1].replace(/\\(.)/g, '$1');
  const readable = /[\p{L}\p{N}\p{Sc}%/]/u.test(text) && !/\p{Co}/u.test(text);
  if (!readable || style.visibility !== 'visible') return;
  if (style.display === 'none' || Number(style.opacity) < 0.05) return;
  if (style.position === 'absolute' || style.position === 'fixed') return;
  const rect = toPageRect(of(element, 'getBoundingClientRect')(), context);
  if (visibleShare([rect], context) < 0.3) return;
  emit(text, [rect], element, context, out);
}

function visitText(node: Text, context: Context, out: Output) {
  const raw = node.data;
  if (!/\S/.test(raw)) {
    if (raw) out.space = true;
    return;
  }
  const element = (of(node, 'parentElement') ||
    (node.getRootNode() as ShadowRoot).host) as Element;
  const range = of(of(node, 'ownerDocument'), 'createRange')();
  range.selectNodeContents(node);
  const rects = Array.from(range.getClientRects())
    .filter(rect => rect.width > 0 && rect.height > 0)
    .map(rect => toPageRect(rect, context));
  const style = context.win.getComputedStyle(element);
  const seen =
    context.visible &&
    rects.length > 0 &&
    parseFloat(style.fontSize) >= 2 &&
    visibleShare(rects, context) >= 0.3 &&
    !blendsIn(element, style, rects[0], context, out) &&
    !(
      raw.length < 80 &&
      /\d/.test(raw) &&
      isCovered(element, rects[0], context, out)
    );
  if (!seen) {
    pushHidden(out, raw);
    return;
  }
  const text = collapseWhitespace(raw, style.whiteSpace);
  if (/^\s/.test(text)) out.space = true;
  emit(text.replace(/^ +| +$/g, ''), rects, element, context, out, style);
  if (/\s$/.test(text)) out.space = true;
}

function emit(
  text: string,
  rects: PageRect[],
  element: Element,
  context: Context,
  out: Output,
  known?: CSSStyleDeclaration,
) {
  const style = known || context.win.getComputedStyle(element);
  const fontSize = parseFloat(style.fontSize) || 0;
  const separator = separatorFor(out, text, rects, fontSize);
  appendRun(out, separator, text, rects, fontSize, {
    selector: cssPath(element, context),
    fontSize: Math.round(fontSize * 10) / 10,
    bold: Number(style.fontWeight) >= 600,
    struck: context.struck,
    tag: of(element, 'localName'),
    ...(context.href ? { href: context.href } : {}),
    ...(context.ariaHidden ? { ariaHidden: true } : {}),
  });
}

/** The context of an element's children; undefined when nothing of its inside is seen. */
function enter(
  element: Element,
  style: CSSStyleDeclaration,
  parent: Context,
): Context | undefined {
  if (style.display === 'none') return undefined;
  const opacity = parent.opacity * opacityOf(style);
  const facing = parent.facing * turnOf(style);
  if (opacity < 0.05) return undefined;
  if (style.display !== 'contents') {
    if (style.getPropertyValue('content-visibility') === 'hidden') {
      return undefined;
    }
    if (clippedAway(style) || maskedAway(style)) return undefined;
    if (facing < 0 && style.backfaceVisibility === 'hidden') return undefined;
  }
  const struckTag = /^(del|s|strike)$/.test(of(element, 'localName'));
  const lined = /line-through/.test(style.textDecorationLine);
  // A line through the parent is not drawn through what stands out of its flow.
  const apart =
    /^(absolute|fixed)$/.test(style.position) ||
    /^inline-/.test(style.display) ||
    style.float !== 'none';
  const link =
    of(element, 'localName') === 'a' ? (element as HTMLAnchorElement).href : '';
  return {
    ...parent,
    ...clipArea(element, style, parent),
    opacity,
    facing,
    visible: style.visibility === 'visible',
    struck:
      struckTag || lined || (parent.struck && (parent.struckTag || !apart)),
    struckTag: struckTag || parent.struckTag,
    ariaHidden:
      parent.ariaHidden ||
      of(element, 'getAttribute')('aria-hidden') === 'true',
    href:
      typeof link === 'string' && /^https?:/.test(link) ? link : parent.href,
    gradientText:
      /text/.test(style.getPropertyValue('-webkit-background-clip')) ||
      (parent.gradientText && style.backgroundImage === 'none'),
    background: overlay(parent.background, style),
  };
}

function noteMedia(element: Element, context: Context, out: Output) {
  if (
    out.hasMedia ||
    !/^(img|svg|canvas|video|picture|object|embed)$/.test(
      of(element, 'localName'),
    )
  )
    return;
  const rect = of(element, 'getBoundingClientRect')();
  out.hasMedia = context.visible && rect.width >= 100 && rect.height >= 100;
}
