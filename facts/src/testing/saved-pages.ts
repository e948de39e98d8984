import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  pageLayoutSchema,
  pageRecordSchema,
  type PageLayout,
} from '@agentworkloads/api';
import { parseHTML } from 'linkedom';
import type { PageBundle } from '../page/page-bundle';

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

function selectorOf(element: Element): string {
  const parent = element.parentElement;
  if (!parent) return element.localName;
  const alike = [...parent.children].filter(
    each => each.localName === element.localName,
  );
  const step = `${element.localName}:nth-of-type(${
    alike.indexOf(element) + 1
  })`;
  return `${selectorOf(parent)} > ${step}`;
}

/** A saved page of this HTML, each text in a line of its own; what stands in an element with `hidden` is not visible. */
export function savedPageOf(
  body: string,
  page: { url?: string; jsonLd?: string[]; meta?: Record<string, string> } = {},
): PageBundle {
  const html = `<!DOCTYPE html><html><body>${body}</body></html>`;
  const { document } = parseHTML(html);
  let text = '';
  const runs: PageLayout['runs'] = [];
  const visit = (element: Element) => {
    if (element.hasAttribute('hidden')) return;
    for (const child of element.childNodes) {
      if (child.nodeType === 1) visit(child as Element);
      const own = child.nodeType === 3 ? (child.textContent ?? '').trim() : '';
      if (!own) continue;
      if (text) text += '\n';
      const start = text.length;
      text += own;
      runs.push({
        start,
        end: text.length,
        selector: selectorOf(element),
        box: { x: 20, y: runs.length * 40, width: own.length * 8, height: 20 },
      });
    }
  };
  visit(document.body);
  const url = page.url ?? 'https://acme.example/';
  return {
    page: {
      url,
      urlSha256: sha256(url),
      finalUrl: url,
      status: 200,
      redirects: [],
      textSha256: sha256(text),
      htmlSha256: sha256(html),
      blocked: [],
      shots: [],
    },
    text,
    html,
    layout: {
      viewport: { width: 1280, height: 900 },
      pageHeight: 2000,
      runs,
      jsonLd: page.jsonLd ?? [],
      meta: page.meta ?? {},
      hiddenText: [],
    },
  };
}

/** A bundle as an earlier collector saved it, byte for byte. */
export function savedBundle(name: string): PageBundle {
  const file = (base: string) =>
    readFileSync(
      fileURLToPath(new URL(`saved-bundles/${name}/${base}`, import.meta.url)),
      'utf8',
    );
  return {
    page: pageRecordSchema.parse(JSON.parse(file('page.json'))),
    text: file('page.txt'),
    html: file('page.html'),
    layout: pageLayoutSchema.parse(JSON.parse(file('layout.json'))),
  };
}
