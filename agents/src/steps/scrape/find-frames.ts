import type { CDPSession, Frame, Page } from 'playwright-core';
import type { FrameSight } from '../../page-script/frame-sight';
import { within } from './within';
import { frameSightFunction } from '../../page-script/expressions';

/** A frame that the reader of the page can't look into from outside. */
export interface FoundFrame {
  id: string;
  /** Through which its inside is asked. */
  cdp: CDPSession;
  url: string;
  /** Whose rules count: its own address, or for a document without one (srcdoc, data:, blob:) that of what is around it. */
  address: string;
  /** Another one is another document. */
  loaderId: string;
  /** Its document did not come. */
  failed: boolean;
  /** Part of its area that a visitor sees, more than 0 and at most 1. */
  share: number;
  /** Its place on the page, CSS pixels from the top left corner. */
  box: { x: number; y: number; width: number; height: number };
}

/** Frames that are looked at; a page of a hundred has advertisements. */
const MAX_FRAMES = 30;

type Tree = Awaited<ReturnType<typeof treeOf>>['frameTree'];
const treeOf = (cdp: CDPSession) => cdp.send('Page.getFrameTree');

/** A document of the page, as one session of the browser's protocol sees it. */
interface Site {
  cdp: CDPSession;
  tree: Tree;
  /** The address of what is around it; empty for the page. */
  around: string;
}

const hasAddress = (url: string): boolean => /^https?:/.test(url);

/** The address of the nearest document around a frame that has one. */
function addressAround(frame: Frame): string {
  const outer = frame.parentFrame();
  if (!outer) return '';
  return hasAddress(outer.url()) ? outer.url() : addressAround(outer);
}

/** A frame that has a process of its own answers within this time, or not at all. */
const ANSWER_MS = 1000;

/** The page, and each frame that has a process of its own. @param silent gets the addresses of those that do not answer */
async function sitesOf(
  page: Page,
  cdp: CDPSession,
  silent: string[],
): Promise<Site[]> {
  const sites: Site[] = [
    { cdp, tree: (await treeOf(cdp)).frameTree, around: '' },
  ];
  for (const frame of page.frames().slice(1, MAX_FRAMES)) {
    // A frame in its parent's process has no session of its own: it stands in the parent's tree.
    const own = await page
      .context()
      .newCDPSession(frame)
      .catch(() => undefined);
    if (!own) continue;
    const answer = await within(ANSWER_MS, treeOf(own)).catch(() => undefined);
    const around = addressAround(frame);
    if (answer) sites.push({ cdp: own, tree: answer.frameTree, around });
    else silent.push(frame.url());
  }
  return sites;
}

/** A document of the page or of a frame in it. */
export interface PageDocument {
  cdp: CDPSession;
  /** Of its frame. */
  id: string;
  url: string;
  /** It is the page's own. */
  main: boolean;
}

/** The documents of all frames of a page, without the page's own. */
export async function documentsOf(
  page: Page,
  cdp: CDPSession,
): Promise<PageDocument[]> {
  const sites = await sitesOf(page, cdp, []);
  const found: PageDocument[] = [];
  const walk = (own: CDPSession, at: Tree) => {
    found.push({ cdp: own, id: at.frame.id, url: at.frame.url, main: false });
    for (const child of at.childFrames ?? []) walk(own, child);
  };
  for (const site of sites) walk(site.cdp, site.tree);
  return found.slice(1);
}

const UNKNOWN_ORIGIN = '://';

/** Frames whose origin is not that of what is around them: what is, the reader of the page has read. Of those, `own`, only the blank ones. */
function strangers({ cdp, tree, around }: Site, isPage: boolean) {
  const found: Array<{
    cdp: CDPSession;
    frame: Tree['frame'];
    address: string;
    own: boolean;
  }> = [];
  const walk = (at: Tree, origin: string | undefined, outside: string) => {
    const { securityOrigin, url } = at.frame;
    const address = hasAddress(url) ? url : outside;
    const own = securityOrigin === origin && origin !== UNKNOWN_ORIGIN;
    if (!own || isBlank(url))
      found.push({ cdp, frame: at.frame, address, own });
    for (const child of at.childFrames ?? [])
      walk(child, securityOrigin, address);
  };
  walk(tree, isPage ? tree.frame.securityOrigin : undefined, around);
  return found.filter(({ frame }) => !isPage || frame !== tree.frame);
}

/** A frame as the document around it knows it. */
type Place = Pick<FoundFrame, 'box' | 'share'> & Pick<FrameSight, 'src'>;

/**
 * Where a frame stands in the document around it; undefined where a visitor does not see it. Asked in a world of its own: the page's
 * scripts could say anything.
 * @param around the frame whose document holds it
 */
async function placeIn(
  cdp: CDPSession,
  frameId: string,
  around: string,
): Promise<Place | undefined> {
  await cdp.send('DOM.enable');
  const { backendNodeId } = await cdp.send('DOM.getFrameOwner', { frameId });
  const { model } = await cdp.send('DOM.getBoxModel', { backendNodeId });
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
    frameId: around,
    worldName: 'agent-workloads',
  });
  const { object } = await cdp.send('DOM.resolveNode', {
    backendNodeId,
    executionContextId,
  });
  const { result } = await cdp.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: frameSightFunction(),
    returnByValue: true,
  });
  const sight = result.value as FrameSight | undefined;
  const [x, y] = model.content;
  return sight && sight.share > 0
    ? { ...sight, box: { x, y, width: model.width, height: model.height } }
    : undefined;
}

export interface Found {
  found: FoundFrame[];
  /** Addresses of frames that did not answer. */
  silent: string[];
  /** Addresses that frames were to show and that no document came of. */
  empty: string[];
  /** Frames that nobody has looked at. */
  beyond: number;
}

/** A document without an address of its own, such as a frame has before any comes. */
export const isBlank = (url: string): boolean =>
  url === '' || url === 'about:blank';

/** A frame that was to show something else: an address that is none, or one that answered with nothing. */
const isEmpty = ({ url, unreachableUrl }: Tree['frame'], { src }: Place) =>
  isBlank(url) &&
  unreachableUrl === undefined &&
  src !== '' &&
  !/^(about|javascript|data|blob):/i.test(src);

/**
 * Frames of other origins that a visitor sees, in the order of the page. A frame inside of one that is not seen is not seen either.
 * @param cdp session of the page
 */
export async function findFrames(page: Page, cdp: CDPSession): Promise<Found> {
  const all: Found = { found: [], silent: [], empty: [], beyond: 0 };
  const sites = await sitesOf(page, cdp, all.silent);
  const offsets = new Map<CDPSession, { x: number; y: number }>([
    [cdp, { x: 0, y: 0 }],
  ]);
  for (const [index, site] of sites.entries()) {
    for (const { frame, address, own } of strangers(site, index === 0)) {
      const root = frame.id === site.tree.frame.id;
      const place = await placeAmong(
        root ? sites : [site],
        site,
        frame,
        offsets,
      );
      if (!place) continue;
      if (root) offsets.set(site.cdp, place.box);
      if (isEmpty(frame, place)) all.empty.push(place.src);
      else if (!own)
        all.found.push({
          id: frame.id,
          cdp: site.cdp,
          url: frame.unreachableUrl ?? frame.url,
          address,
          loaderId: frame.loaderId,
          failed:
            frame.unreachableUrl !== undefined ||
            frame.url.startsWith('chrome-error:'),
          share: place.share,
          box: place.box,
        });
    }
  }
  all.beyond = beyondOf(page, sites, all.silent);
  return all;
}

const sizeOf = ({ childFrames = [] }: Tree): number =>
  childFrames.reduce((sum, child) => sum + sizeOf(child), 1);

/** Frames past the last one that was asked for a session, unless a tree holds them. By number: many frames may have one address. */
function beyondOf(
  page: Page,
  sites: readonly Site[],
  silent: readonly string[],
): number {
  const frames = page.frames().length;
  const known = sites.reduce((sum, { tree }) => sum + sizeOf(tree), 0);
  const rest = Math.min(frames - MAX_FRAMES, frames - known - silent.length);
  return Math.max(0, rest);
}

/** Whether the document is the one that was found: a frame may move on while it is judged and read. */
export async function isStill({
  cdp,
  id,
  loaderId,
}: FoundFrame): Promise<boolean> {
  const find = (at: Tree): boolean =>
    at.frame.id === id
      ? at.frame.loaderId === loaderId
      : (at.childFrames ?? []).some(find);
  return find((await treeOf(cdp)).frameTree);
}

/** The place of a frame on the page, by whichever document knows its element. */
async function placeAmong(
  outside: readonly Site[],
  own: Site,
  { id, parentId }: Tree['frame'],
  offsets: ReadonlyMap<CDPSession, { x: number; y: number }>,
): Promise<Place | undefined> {
  for (const { cdp, tree } of outside) {
    if (outside.length > 1 && cdp === own.cdp) continue;
    const offset = offsets.get(cdp);
    if (!offset) continue;
    const place = await placeIn(cdp, id, parentId ?? tree.frame.id).catch(
      () => undefined,
    );
    if (!place) continue;
    const { box } = place;
    return {
      ...place,
      box: { ...box, x: box.x + offset.x, y: box.y + offset.y },
    };
  }
  return undefined;
}
