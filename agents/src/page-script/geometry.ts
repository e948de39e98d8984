import { of } from './safely';

/** Part of the in-page script: places, clipping, colours and names of elements. */

/** CSS pixels from the page's top left corner, frames included. */
export interface PageRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Colour {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** What an element hands down to its inside. */
export interface Context {
  win: Window & typeof globalThis;
  /** What to put before a selector, up to and with its last ` >>> `: one entry for each scope around. */
  prefixes: string[];
  /** From the frame's viewport to the page. */
  dx: number;
  dy: number;
  /** Right edge of what can be scrolled to. */
  pageRight: number;
  visible: boolean;
  opacity: number;
  /** 1 towards the visitor, -1 away: a card that is turned shows its other side. */
  facing: number;
  struck: boolean;
  struckTag: boolean;
  ariaHidden: boolean;
  gradientText: boolean;
  href: string;
  /** Undefined where a picture or a colour that we can't read lies below. */
  background?: Colour;
  /** Which of its kind each element is among its siblings, with how many there are of each kind; filled as it is asked for. */
  places: WeakMap<Element, [number, Map<string, number>]>;
  /** What is left by the ancestors' `overflow`, for content in flow, absolute and fixed. */
  clip?: PageRect;
  absoluteClip?: PageRect;
  fixedClip?: PageRect;
}

export function rootContext(win: Window & typeof globalThis): Context {
  const root = of(win.document, 'documentElement');
  const body = of(win.document, 'body') || root;
  const fixedWidth = /hidden|clip/.test(
    win.getComputedStyle(root).overflowX + win.getComputedStyle(body).overflowX,
  );
  return {
    win,
    prefixes: [''],
    dx: win.scrollX,
    dy: win.scrollY,
    pageRight: fixedWidth
      ? win.innerWidth
      : Math.max(win.innerWidth, root.scrollWidth),
    visible: true,
    opacity: 1,
    facing: 1,
    struck: false,
    struckTag: false,
    ariaHidden: false,
    gradientText: false,
    href: '',
    places: new WeakMap(),
    background: { r: 255, g: 255, b: 255, a: 1 },
  };
}

export function toPageRect(
  rect: { left: number; top: number; width: number; height: number },
  context: Context,
): PageRect {
  return {
    x: rect.left + context.dx,
    y: rect.top + context.dy,
    width: rect.width,
    height: rect.height,
  };
}

export function intersect(
  a: PageRect | undefined,
  b: PageRect | undefined,
): PageRect | undefined {
  if (!a || !b) return a || b;
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** Part of the area, 0 to 1, that lies on the page and inside the clip. */
export function visibleShare(rects: PageRect[], context: Context): number {
  const page = { x: 0, y: 0, width: context.pageRight, height: 1e7 };
  const clip = intersect(context.clip, page);
  let all = 0;
  let seen = 0;
  for (const rect of rects) {
    const part = intersect(rect, clip) as PageRect;
    all += rect.width * rect.height;
    seen += part.width * part.height;
  }
  return all > 0 ? seen / all : 0;
}

/** The clips for an element's inside. What can be scrolled to counts as seen. */
export function clipArea(
  element: Element,
  style: CSSStyleDeclaration,
  parent: Context,
): Pick<Context, 'clip' | 'absoluteClip' | 'fixedClip'> {
  const base =
    style.position === 'fixed'
      ? parent.fixedClip
      : style.position === 'absolute'
      ? parent.absoluteClip
      : parent.clip;
  let own = base;
  const top = /^(html|body)$/.test(of(element, 'localName'));
  const inline = style.display === 'inline' || style.display === 'contents';
  if (!top && !inline && style.overflow !== 'visible') {
    const rect = toPageRect(of(element, 'getBoundingClientRect')(), parent);
    const hides = (value: string) => /^(hidden|clip)$/.test(value);
    const far = 1e6;
    const area = {
      x: hides(style.overflowX) ? rect.x : rect.x - far,
      y: hides(style.overflowY) ? rect.y : rect.y - far,
      width: hides(style.overflowX) ? rect.width : 2 * far,
      height: hides(style.overflowY) ? rect.height : 2 * far,
    };
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
    const empty = rect.width < 2 || rect.height < 2;
    const seen = intersect(base, rect) as PageRect;
    if (empty) own = intersect(base, rect);
    else if (scrolls && seen.width > 1 && seen.height > 1) own = area;
    else own = intersect(base, area);
  }
  const holds = style.position !== 'static' || style.transform !== 'none';
  return {
    clip: own,
    absoluteClip: holds ? own : parent.absoluteClip,
    fixedClip: style.transform !== 'none' ? own : parent.fixedClip,
  };
}

/** Opacity as `opacity` and `filter` set it together. */
export function opacityOf(style: CSSStyleDeclaration): number {
  const filter = /\bopacity\(([\d.]+)(%?)\)/.exec(style.filter);
  const share = filter ? Number(filter[1]) / (filter[2] ? 100 : 1) : 1;
  return Number(style.opacity || 1) * share;
}

/** -1 for a transform that turns the back to the front. */
export function turnOf(style: CSSStyleDeclaration): number {
  const matrix = /^matrix3d\((.+)\)$/.exec(style.transform);
  return matrix && Number(matrix[1].split(',')[10]) < 0 ? -1 : 1;
}

/** `clip` and `clip-path` values that leave nothing to see. */
export function clippedAway(style: CSSStyleDeclaration): boolean {
  const path = style.clipPath;
  if (/^inset\((?:5\d|[6-9]\d|100)(?:\.\d+)?%/.test(path)) return true;
  if (/^(circle|ellipse)\(0(px|%)?[\s)]/.test(path)) return true;
  if (/^polygon\((0(px|%)? 0(px|%)?(, )?)+\)$/.test(path)) return true;
  const clip = /^rect\((.+)\)$/.exec(style.clip);
  if (!clip || !/absolute|fixed/.test(style.position)) return false;
  const [top, right, bottom, left] = clip[1].split(/[ ,]+/).map(parseFloat);
  return right - left <= 1 || bottom - top <= 1;
}

/** A `mask` of gradients that let nothing through, or of no size. A picture as a mask is not judged. */
export function maskedAway(style: CSSStyleDeclaration): boolean {
  const get = (name: string) =>
    style.getPropertyValue(name) || style.getPropertyValue(`-webkit-${name}`);
  const image = get('mask-image');
  if (!image || image === 'none') return false;
  if (/^0(px|%)?( 0(px|%)?)?$/.test(get('mask-size'))) return true;
  if (!/^(repeating-)?(linear|radial|conic)-gradient\(/.test(image))
    return false;
  if (/url\(|image-set\(|element\(/.test(image)) return false;
  const colours = image.match(
    /\b(?:rgba?|hsla?|color|oklch|oklab|lab|lch)\([^()]*\)/g,
  );
  return Boolean(
    colours && colours.every(each => /^rgba\(.*, 0\)$/.test(each)),
  );
}

/** Computed `rgb()` and `rgba()`; undefined for anything else. */
export function parseColour(text: string): Colour | undefined {
  const match = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(
    text,
  );
  if (!match) return undefined;
  return {
    r: Number(match[1]),
    g: Number(match[2]),
    b: Number(match[3]),
    a: match[4] === undefined ? 1 : Number(match[4]),
  };
}

export function colourDistance(a: Colour, b: Colour): number {
  return Math.abs(a.r - b.r) + Math.abs(a.g - b.g) + Math.abs(a.b - b.b);
}

/** The ground below an element's text, given the ground below the element. */
export function overlay(
  below: Colour | undefined,
  style: CSSStyleDeclaration,
): Colour | undefined {
  if (style.backgroundImage !== 'none' || style.backdropFilter !== 'none') {
    return undefined;
  }
  const colour = parseColour(style.backgroundColor);
  if (!colour) return undefined;
  if (colour.a === 0) return below;
  if (colour.a === 1) return colour;
  if (!below) return undefined;
  const mix = (top: number, bottom: number) =>
    Math.round(top * colour.a + bottom * (1 - colour.a));
  return {
    r: mix(colour.r, below.r),
    g: mix(colour.g, below.g),
    b: mix(colour.b, below.b),
    a: 1,
  };
}

/** `p:nth-of-type(3)`. The siblings are numbered once: a page may have 30,000 paragraphs side by side. */
export function nameAmongSiblings(element: Element, context: Context): string {
  const { places } = context;
  const parent = of(element, 'parentNode') as Element | null;
  if (!places.has(element) && parent) {
    const counts = new Map<string, number>();
    const siblings = Array.from(of(parent, 'children'));
    for (const sibling of siblings) {
      const name: string = of(sibling, 'localName');
      counts.set(name, (counts.get(name) || 0) + 1);
      places.set(sibling, [counts.get(name) as number, counts]);
    }
  }
  const name: string = of(element, 'localName');
  const [place, counts] = places.get(element) || [1, undefined];
  return ((counts && counts.get(name)) || 1) > 1
    ? `${name}:nth-of-type(${place})`
    : name;
}

/** A CSS path from an id, the root or the shadow root, to the element; at most 1000 characters. */
export function cssPath(element: Element, context: Context): string {
  const names: string[] = [];
  let at: Element | null = element;
  while (at && names.length < 40) {
    const id: string = of(at, 'id');
    if (/^[A-Za-z][\w-]{0,60}$/.test(id)) {
      const root = of(at, 'getRootNode')() as Document | ShadowRoot;
      if (of(root, 'querySelectorAll')(`#${id}`).length === 1) {
        names.unshift(`#${id}`);
        break;
      }
    }
    names.unshift(nameAmongSiblings(at, context));
    at = of(at, 'parentElement');
  }
  const prefix = context.prefixes[context.prefixes.length - 1] || '';
  return (prefix + names.join(' > ')).slice(0, 1000);
}
