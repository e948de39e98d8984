import { of } from './safely';

/** Part of the in-page script: the document as markup, and what it says of itself. */

export function collectMetadata(doc: Document): {
  jsonLd: string[];
  meta: Record<string, string>;
} {
  const jsonLd: string[] = [];
  let room = 512 * 1024;
  for (const script of Array.from(
    of(doc, 'querySelectorAll')('script[type="application/ld+json"]'),
  )) {
    const text = script.textContent || '';
    if (jsonLd.length >= 50 || text.length > room) break;
    room -= text.length;
    if (text.trim()) jsonLd.push(text);
  }
  const meta: Record<string, string> = {};
  let entries = 0;
  for (const tag of Array.from(of(doc, 'querySelectorAll')('meta'))) {
    const name = tag.getAttribute('property') || tag.getAttribute('name') || '';
    const content = tag.getAttribute('content') || '';
    if (!/^[\w:.-]{1,100}$/.test(name) || name === '__proto__') continue;
    if (content && !(name in meta) && ++entries <= 150) {
      meta[name] = content.slice(0, 1000);
    }
  }
  return { jsonLd, meta };
}

/** The page after load; open shadow roots stand in it as `<template shadowrootmode>`. */
export function serializeDocument(
  doc: Document,
  shadowRoots: ShadowRoot[],
): string {
  const root = of(doc, 'documentElement');
  const shell = (root.cloneNode(false) as Element).outerHTML;
  const end = shell.lastIndexOf('</');
  const inner =
    typeof root.getHTML === 'function'
      ? root.getHTML({ serializableShadowRoots: true, shadowRoots })
      : root.innerHTML;
  const doctype = of(doc, 'doctype');
  const type = doctype ? `<!DOCTYPE ${doctype.name}>\n` : '';
  const whole =
    type +
    (end < 0 ? shell + inner : shell.slice(0, end) + inner + shell.slice(end));
  return wellFormed(whole);
}

/** Half a surrogate pair can't be stored as UTF-8; one unit stays one unit. */
export function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}
