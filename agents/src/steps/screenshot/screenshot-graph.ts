import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
import {
  manifestSchema,
  shotKey,
  type Manifest,
  type PageRecord,
  type Shot,
} from '@agentworkloads/api';
import { PermanentError } from '../../runtime/errors';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from '../dom/page-facts';
import { describePage } from './describe';
import { thumbnail, tiles, type Derived } from './images';

/** What is kept of one page: no pictures, no keys that can be derived. */
export interface PageShots {
  shots: Array<Omit<Shot, 'key'> & { file: string }>;
  description?: string;
  degraded?: string;
}

export const ScreenshotState = Annotation.Root({
  pages: Annotation<Record<string, PageShots>, Record<string, PageShots>>({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  }),
});
export type ScreenshotStateType = typeof ScreenshotState.State;

/** Decoded shots are some 20 MB each. */
const CONCURRENCY = 2;

export const readManifest = (deps: StepDeps): Promise<Manifest> =>
  deps.work.readInput('manifest', manifestSchema);

export const observedPages = (manifest: Manifest): PageRecord[] =>
  manifest.pages.filter(page => !page.reason);

/** list -> one `derive` for each page with shots -> done. */
export function buildScreenshotGraph(deps: StepDeps) {
  const limit = createLimit(CONCURRENCY);
  return new StateGraph(ScreenshotState)
    .addNode('list', async () => {
      await readManifest(deps);
      return {};
    })
    .addNode('derive', async ({ urlSha256 }: { urlSha256: string }) => {
      const manifest = await readManifest(deps);
      const page = manifest.pages.find(one => one.urlSha256 === urlSha256);
      if (!page)
        throw new PermanentError(
          'The manifest has changed between two attempts.',
        );
      return { pages: { [urlSha256]: await limit(() => derive(page, deps)) } };
    })
    .addNode('done', () => ({}))
    .addEdge(START, 'list')
    .addConditionalEdges(
      'list',
      async () => {
        const sends = observedPages(await readManifest(deps)).map(
          ({ urlSha256 }) => new Send('derive', { urlSha256 }),
        );
        return sends.length > 0 ? sends : 'done';
      },
      ['derive', 'done'],
    )
    .addEdge('derive', 'done')
    .addEdge('done', END);
}

async function derive(page: PageRecord, deps: StepDeps): Promise<PageShots> {
  deps.signal.throwIfAborted();
  const pictures: Derived[] = [];
  const problems: string[] = [];
  for (const device of ['desktop', 'mobile'] as const) {
    const shot = page.shots.find(one => one.kind === device);
    const body = shot && (await deps.store.get(shot.key));
    if (!body) {
      problems.push(`the ${device} screenshot is missing`);
      continue;
    }
    if (sha256(body) !== shot.sha256) {
      throw new PermanentError(
        `The ${device} screenshot does not have the hash that the manifest gives: ${shot.key}`,
      );
    }
    try {
      pictures.push(await thumbnail(body, device));
      if (device === 'desktop') pictures.push(...(await tiles(body)));
    } catch (error) {
      problems.push(
        `the ${device} screenshot can't be read: ${describeError(error)}`,
      );
    }
  }
  const shots = await Promise.all(
    pictures.map(picture => store(page, picture, deps)),
  );
  const described = await describeTiles(pictures, deps);
  if (described && !described.ok)
    problems.push(`no description: ${described.reason}`);
  return {
    shots,
    ...(described?.ok ? { description: described.text } : {}),
    ...(problems.length > 0
      ? { degraded: problems.join('; ').slice(0, 200) }
      : {}),
  };
}

async function describeTiles(pictures: Derived[], deps: StepDeps) {
  const cut = pictures.filter(({ kind }) => kind === 'tile');
  if (!deps.llm.vision || cut.length === 0) return undefined;
  return describePage(
    deps.llm.vision,
    cut.map(({ body }) => body),
  );
}

async function store(
  page: PageRecord,
  picture: Derived,
  deps: StepDeps,
): Promise<PageShots['shots'][number]> {
  const { file, kind, width, height, truncated, body } = picture;
  const stored = await deps.store.put(
    shotKey(deps.job, page.urlSha256, file),
    body,
    { contentType: 'image/webp' },
  );
  return {
    file,
    kind,
    width,
    height,
    truncated,
    sha256: stored.sha256,
    bytes: stored.bytes,
  };
}

function createLimit(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes: Array<Promise<unknown>> = Array.from({ length: size }, () =>
    Promise.resolve(),
  );
  let next = 0;
  return work => {
    const lane = next++ % size;
    const result = lanes[lane].then(work, work);
    lanes[lane] = result.catch(() => undefined);
    return result;
  };
}
