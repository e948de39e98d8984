import {
  clipArea,
  clippedAway,
  maskedAway,
  rootContext,
  toPageRect,
  visibleShare,
  type Context,
} from './geometry';
import { of } from './safely';

/**
 * A script for the element of a frame, run in a world of its own: how much of it a visitor sees. Sent as source, with the collector's
 * judgement of clipping.
 */

/** What the document around a frame says of it. */
export interface FrameSight {
  /** Part of its area that can be seen, 0 to 1; what can be scrolled to counts. */
  share: number;
  /** The address that its element names; empty where it names none, or is filled by a script. */
  src: string;
}

/** Up through slots and shadow roots, as it is drawn. */
function drawnAround(element: Element): Element[] {
  const around: Element[] = [];
  let at: Node | null =
    of(element, 'assignedSlot') || of(element, 'parentNode');
  while (at && around.length < 500) {
    if (at instanceof ShadowRoot) {
      at = at.host;
      continue;
    }
    if (!(at instanceof Element)) break;
    around.unshift(at);
    at = of(at, 'assignedSlot') || of(at, 'parentNode');
  }
  return around;
}

export function sightOf(this: Element): FrameSight {
  const said = of(this, 'getAttribute')('src') || '';
  const src = of(this, 'getAttribute')('srcdoc') === null ? said.trim() : '';
  const nothing = { share: 0, src };
  const shown = of(
    this,
    'checkVisibility',
  )({
    opacityProperty: true,
    visibilityProperty: true,
  });
  const win = of(of(this, 'ownerDocument'), 'defaultView');
  if (!shown || !win) return nothing;
  let context: Context = rootContext(win);
  for (const element of drawnAround(this)) {
    const style = win.getComputedStyle(element);
    if (clippedAway(style) || maskedAway(style)) return nothing;
    context = { ...context, ...clipArea(element, style, context) };
  }
  const style = win.getComputedStyle(this);
  if (clippedAway(style) || maskedAway(style)) return nothing;
  const { clip } = clipArea(this, style, context);
  const rect = toPageRect(of(this, 'getBoundingClientRect')(), context);
  return { share: visibleShare([rect], { ...context, clip }), src };
}
