import {
  colourDistance,
  parseColour,
  type Context,
  type PageRect,
} from './geometry';
import type { Output } from './output';
import { of } from './safely';

/** Part of the in-page script: what lies under a text, and what lies on it. */

/** Text of its background's own colour. What may stand on a picture is looked at more closely. */
export function blendsIn(
  element: Element,
  style: CSSStyleDeclaration,
  rect: PageRect,
  context: Context,
  out: Output,
): boolean {
  if (context.gradientText) return false;
  const fill = style.getPropertyValue('-webkit-text-fill-color');
  const colour = parseColour(fill || style.color);
  if (!colour) return false;
  const stroke = parseFloat(
    style.getPropertyValue('-webkit-text-stroke-width'),
  );
  if (stroke > 0) return false;
  if (colour.a < 0.05) return style.textShadow === 'none';
  if (!context.background || style.textShadow !== 'none') return false;
  if (colourDistance(colour, context.background) > 12) return false;
  return !standsOnSomething(element, rect, context, out);
}

/** Is there a picture or another ground under the text that is no ancestor of it? */
export function standsOnSomething(
  element: Element,
  rect: PageRect,
  context: Context,
  out: Output,
): boolean {
  if (context.win !== window || ++out.groundChecks > 40) return false;
  const stack = stackAt(rect);
  const own = parseColour(window.getComputedStyle(element).color);
  const ground = stack.some(other => {
    if (of(other, 'contains')(element)) return false;
    if (
      /^(img|video|canvas|svg|picture|iframe|object)$/.test(
        of(other, 'localName'),
      )
    )
      return true;
    const style = window.getComputedStyle(other);
    if (style.backgroundImage !== 'none') return true;
    const colour = parseColour(style.backgroundColor);
    return Boolean(
      own && colour && colour.a > 0.3 && colourDistance(own, colour) > 12,
    );
  });
  return ground;
}

/** The elements at the middle of a place on the page, the topmost first. */
export function stackAt(rect: PageRect): Element[] {
  const from = window.scrollY;
  const middle = rect.y + rect.height / 2;
  const inSight = middle > from && middle < from + window.innerHeight;
  if (!inSight)
    window.scrollTo({
      top: middle - window.innerHeight / 2,
      behavior: 'instant',
    });
  const stack = of(document, 'elementsFromPoint')(
    rect.x + rect.width / 2 - window.scrollX,
    middle - window.scrollY,
  );
  if (!inSight) window.scrollTo({ top: from, behavior: 'instant' });
  return stack;
}

/** Does something opaque lie on the text, other than a bar or a dialogue over the whole page? */
export function isCovered(
  element: Element,
  rect: PageRect,
  context: Context,
  out: Output,
): boolean {
  if (context.win !== window || of(element, 'getRootNode')() !== document)
    return false;
  // On a very long page each look costs the layout of all of it.
  if (++out.coverChecks > 150 || out.coverMs > 2000) return false;
  const from = performance.now();
  const stack = stackAt(rect);
  out.coverMs += performance.now() - from;
  const place = stack.indexOf(element);
  return stack
    .slice(0, Math.max(0, place))
    .some(other => !of(element, 'contains')(other) && isOpaque(other));
}

export function isOpaque(element: Element): boolean {
  const style = window.getComputedStyle(element);
  const colour = parseColour(style.backgroundColor);
  if (!colour || colour.a < 0.95) return false;
  for (let at: Element | null = element; at; at = of(at, 'parentElement')) {
    const outer = window.getComputedStyle(at);
    if (/fixed|sticky/.test(outer.position)) return false;
    if (Number(outer.opacity) < 0.95) return false;
  }
  return true;
}
