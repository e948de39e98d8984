import { createHash } from 'node:crypto';
import type { PageLayout } from '@agentworkloads/api';
import type { PageBundle } from '../page/page-bundle';

export interface Line {
  text: string;
  selector?: string;
  fontSize?: number;
  bold?: boolean;
  struck?: boolean;
  href?: string;
  x?: number;
}

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** A page of lines one below the other, without a browser. */
export function bundleOf(
  lines: readonly (Line | string)[],
  page: Partial<PageBundle['page']> = {},
  layout: Partial<PageLayout> = {},
  html = '',
): PageBundle {
  let text = '';
  const runs: PageLayout['runs'] = [];
  lines.forEach((each, index) => {
    const line = typeof each === 'string' ? { text: each } : each;
    if (text) text += '\n';
    const fontSize = line.fontSize ?? 16;
    runs.push({
      start: text.length,
      end: text.length + line.text.length,
      selector: line.selector ?? `html > body > p:nth-of-type(${index + 1})`,
      box: {
        x: line.x ?? 20,
        y: index * 60,
        width: line.text.length * fontSize * 0.5 + 4,
        height: fontSize * 1.5,
      },
      fontSize,
      bold: line.bold ?? false,
      struck: line.struck ?? false,
      ...(line.href ? { href: line.href } : {}),
    });
    text += line.text;
  });
  const url = page.url ?? 'https://acme.example/pricing';
  return {
    page: {
      url,
      urlSha256: sha256(url),
      finalUrl: url,
      status: 200,
      redirects: [],
      blocked: [],
      shots: [],
      textSha256: sha256(text),
      htmlSha256: sha256(html),
      ...page,
    },
    text,
    html,
    layout: {
      viewport: { width: 1280, height: 800 },
      pageHeight: lines.length * 60,
      runs,
      jsonLd: [],
      meta: {},
      hiddenText: [],
      ...layout,
    },
  };
}

/** Two cards and what a test wants to add to them. */
export function twoCards(...more: readonly (Line | string)[]): Line[] {
  const card = (index: number) =>
    `html > body > div:nth-of-type(1) > div:nth-of-type(${index})`;
  return [
    { text: 'Basic', selector: `${card(1)} > h3`, fontSize: 20, bold: true },
    { text: '$10 per month', selector: `${card(1)} > p`, fontSize: 30 },
    { text: 'Deluxe', selector: `${card(2)} > h3`, fontSize: 20, bold: true },
    { text: '$20 per month', selector: `${card(2)} > p`, fontSize: 30 },
    ...more.map(each => (typeof each === 'string' ? { text: each } : each)),
  ];
}
