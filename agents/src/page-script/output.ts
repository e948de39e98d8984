import type { PageLayout } from '@agentworkloads/api';
import type { CollectOptions } from './collect';
import { wellFormed } from './document';
import type { PageRect } from './geometry';
import { of } from './safely';

/** Part of the in-page script: how seen pieces become one text. See collect.ts for its rules. */

type Run = PageLayout['runs'][number];

export interface Output {
  parts: string[];
  length: number;
  runs: Run[];
  hidden: string[];
  shadowRoots: ShadowRoot[];
  maxText: number;
  maxRuns: number;
  maxElements: number;
  /** `performance.now()` at which the time is over. */
  until: number;
  elements: number;
  groundChecks: number;
  coverChecks: number;
  /** Milliseconds spent on them. */
  coverMs: number;
  hasMedia: boolean;
  passwordFields: number;
  truncated: boolean;
  /** What lies between the last piece and the next. */
  space: boolean;
  lineBreak: boolean;
  boundary: '' | 'block' | 'cell';
  last?: { rect: PageRect; fontSize: number; endsWord: boolean };
}

export function newOutput(options: CollectOptions): Output {
  return {
    parts: [],
    length: 0,
    runs: [],
    hidden: [],
    shadowRoots: [],
    maxText: options.maxText,
    maxRuns: options.maxRuns,
    maxElements: options.maxElements,
    until: performance.now() + (options.maxMs || Infinity),
    elements: 0,
    groundChecks: 0,
    coverChecks: 0,
    coverMs: 0,
    hasMedia: false,
    passwordFields: 0,
    truncated: false,
    space: false,
    lineBreak: false,
    boundary: '',
  };
}

export function pushHidden(out: Output, text: string) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line && out.hidden.length < 300) out.hidden.push(line.slice(0, 300));
}

/** The text below a node without scripts and styles. */
export function readableText(node: Node): string {
  const type = of(node, 'nodeType');
  if (type === Node.TEXT_NODE) return (node as Text).data;
  if (type !== Node.ELEMENT_NODE) return '';
  if (/^(script|style|template)$/.test(of(node as Element, 'localName')))
    return '';
  const texts: string[] = [];
  const owner = of(node, 'ownerDocument') as Document;
  const walker = of(owner, 'createTreeWalker')(node, NodeFilter.SHOW_TEXT);
  for (
    let at = walker.nextNode();
    at && texts.length < 500;
    at = walker.nextNode()
  ) {
    const parent = of(at, 'parentElement');
    const tag = parent ? of(parent, 'localName') : '';
    if (!/^(script|style|template)$/.test(tag)) {
      texts.push((at as Text).data);
    }
  }
  return texts.join(' ');
}

/** As the browser does for that value of `white-space`; characters without a shape go. */
export function collapseWhitespace(raw: string, whiteSpace: string): string {
  // eslint-disable-next-line no-control-regex
  const text = raw.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b\u2060\ufeff]/g,
    '',
  );
  if (/^(pre|pre-wrap|break-spaces)/.test(whiteSpace)) {
    return text.replace(/\r\n?/g, '\n');
  }
  if (/^pre-line/.test(whiteSpace)) {
    return text.replace(/[ \t]*\r?\n[ \t]*/g, '\n').replace(/[ \t]+/g, ' ');
  }
  return text.replace(/[ \t\r\n]+/g, ' ');
}

/** What a reader puts between the last piece and this one. */
export function separatorFor(
  out: Output,
  text: string,
  rects: PageRect[],
  fontSize: number,
): string {
  const last = out.last;
  if (!last) return '';
  if (out.lineBreak) return '\n';
  const first = rects[0];
  const shared =
    Math.min(last.rect.y + last.rect.height, first.y + first.height) -
    Math.max(last.rect.y, first.y);
  const gap = first.x - (last.rect.x + last.rect.width);
  const beside =
    shared > 0.5 * Math.min(last.rect.height, first.height) && gap > -2;
  const em = Math.max(last.fontSize, fontSize);
  const words = last.endsWord && /^[\p{L}\p{N}]/u.test(text);
  if (out.boundary) {
    if (!beside) return '\n';
    if (out.boundary === 'cell') return '\t';
    if (gap > 1.2 * em) return '\n';
    return gap > (words ? 0.5 : 0.25 * em) ? ' ' : '';
  }
  if (out.space) return ' ';
  return beside && gap > 0.15 * em ? ' ' : '';
}

export function appendRun(
  out: Output,
  separator: string,
  text: string,
  rects: PageRect[],
  fontSize: number,
  rest: Omit<Run, 'start' | 'end' | 'box'>,
) {
  const whole = wellFormed(text);
  if (!whole) return;
  if (
    out.runs.length >= out.maxRuns ||
    out.length + separator.length + whole.length > out.maxText
  ) {
    out.truncated = true;
    return;
  }
  const left = Math.min(...rects.map(rect => rect.x));
  const top = Math.min(...rects.map(rect => rect.y));
  const right = Math.max(...rects.map(rect => rect.x + rect.width));
  const bottom = Math.max(...rects.map(rect => rect.y + rect.height));
  const round = (value: number) => Math.round(value * 10) / 10;
  const start = out.length + separator.length;
  out.parts.push(separator, whole);
  out.length = start + whole.length;
  out.runs.push({
    start,
    end: out.length,
    box: {
      x: round(left),
      y: round(top),
      width: round(right - left),
      height: round(bottom - top),
    },
    ...rest,
  });
  out.last = {
    rect: rects[rects.length - 1],
    fontSize,
    endsWord: /[\p{L}\p{N}]$/u.test(whole),
  };
  out.space = false;
  out.lineBreak = false;
  out.boundary = '';
}
