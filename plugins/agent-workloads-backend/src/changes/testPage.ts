import { buffer } from 'node:stream/consumers';
import {
  looksOf,
  manifestSchema,
  viewOf,
  viewsOf,
  type Change,
  type ChangeSide,
  type Manifest,
  type PageView,
} from '@agentworkloads/api';
import { NotFoundError } from '@backstage/errors';
import type { ArtifactStore } from '../artifacts/ArtifactStore';
import { assertKeyOf } from '../artifacts/ownKey';
import { sha256Of } from '../artifacts/verified';
import type { StoredChange } from './ChangeLog';
import { changeOf, type SavedObject } from './rows';
import type { StoredRun } from './tables';
import type { ZipFile } from './zip';

/** Of all files together: pages are some hundred kilobytes, and a portal has other things to hold. */
const MOST_BYTES = 32 * 1024 * 1024;

/** There is nothing to give of this side. The message says why, for the person. */
class Missing extends Error {}

interface Side {
  folder: 'before' | 'after';
  run: { namespace: string; workflowUid: string };
  manifest?: SavedObject;
  /** What the change says of it; where one side came or went, the other page is the one at the same address. */
  said?: ChangeSide;
  url: string;
}

interface Saved {
  folder: Side['folder'];
  view: PageView;
  url: string;
  fetchedAt?: string;
  html: Buffer;
  text: Buffer;
}

/** Reads what runs saved, each object proven by its hash, and no more than a bound in all. */
class Reader {
  private left = MOST_BYTES;

  constructor(private readonly store: ArtifactStore) {}

  /** @throws Missing; what the storage throws, where it is away */
  async read({ run }: Side, key: string, sha256: string): Promise<Buffer> {
    try {
      assertKeyOf(run, key);
    } catch {
      throw new Missing('its record names an object of another run');
    }
    const info = await this.store.stat(key);
    if (!info) {
      throw new Missing('what it saved is not in the storage any more');
    }
    this.left -= info.size;
    if (this.left < 0) {
      throw new Missing(
        `the pages are larger than the ${
          MOST_BYTES / 2 ** 20
        } MB that a test page may have`,
      );
    }
    const bytes =
      info.size === 0
        ? Buffer.alloc(0)
        : await buffer(await this.store.read(key, 0, info.size));
    if (sha256Of(bytes) !== sha256) {
      throw new Missing(
        'what lies in the storage is not what it saved: somebody replaced it',
      );
    }
    return bytes;
  }

  async manifest(side: Side): Promise<Manifest> {
    const { manifest } = side;
    if (!manifest || manifest.bucket !== this.store.bucket) {
      throw new Missing('the portal does not know what it saved');
    }
    const bytes = await this.read(side, manifest.key, manifest.sha256);
    try {
      return manifestSchema.parse(JSON.parse(bytes.toString('utf8')));
    } catch {
      throw new Missing('the list of what it saved can not be read');
    }
  }
}

function viewIn({ pages }: Manifest, { said, url }: Side) {
  for (const look of looksOf(pages.filter(page => page.url === url))) {
    const view = said ? viewOf(look, said) : viewsOf(look)[0];
    const proves =
      !said || [view?.textSha256, view?.htmlSha256].includes(said.sourceSha256);
    if (view && proves) return { view, fetchedAt: look.fetchedAt };
  }
  throw new Missing('it saved no such page');
}

async function saved(reader: Reader, side: Side): Promise<Saved> {
  const found = viewIn(await reader.manifest(side), side);
  const { view } = found;
  return {
    ...found,
    folder: side.folder,
    url: side.url,
    html: await reader.read(side, view.htmlKey, view.htmlSha256),
    text: await reader.read(side, view.textKey, view.textSha256),
  };
}

/** The run that the side `was` is from: the one compared with, or an older one that had last seen the page. */
async function earlierSide(
  { run }: StoredChange,
  change: Change,
  runOfWorkflow: (uid: string) => Promise<StoredRun | undefined>,
): Promise<Side> {
  const { baseline, namespace } = run;
  const workflowUid = change.was?.workflowUid ?? baseline?.workflowUid;
  if (workflowUid === undefined) {
    throw new Missing('it is not known which one it was');
  }
  const earlier = await runOfWorkflow(workflowUid);
  if (!earlier) {
    throw new Missing(
      'it is not among the completed runs that you may read here',
    );
  }
  return {
    folder: 'before',
    run: { namespace, workflowUid },
    manifest:
      earlier.manifest ??
      (baseline?.workflowUid === workflowUid ? baseline.manifest : undefined),
    said: change.was,
    url: change.was?.url ?? change.url,
  };
}

const laterSide = ({ run }: StoredChange, change: Change): Side => ({
  folder: 'after',
  run: { namespace: run.namespace, workflowUid: run.workflowUid },
  manifest: run.manifest,
  said: change.is,
  url: change.is?.url ?? change.url,
});

function recordOf(
  { marks }: StoredChange,
  told: Change,
  pages: readonly Saved[],
  missing: readonly string[],
) {
  const sides = pages.map(({ folder, url, view, fetchedAt }) => [
    folder,
    {
      url,
      seenAt: fetchedAt,
      view: view.id,
      state: view.state,
      html: { file: `${folder}/page.html`, sha256: view.htmlSha256 },
      text: { file: `${folder}/page.txt`, sha256: view.textSha256 },
    },
  ]);
  return {
    schemaVersion: 1,
    /** `wrong`: a comparison of the two must not tell this. `unjudged`: it told this, and nobody said that it is wrong. */
    verdict: marks.wrong ? 'wrong' : 'unjudged',
    because: marks.wrong?.reason,
    told,
    ...Object.fromEntries(sides),
    missing,
  };
}

const README = `A page as two runs saw it, and what was told of the difference.

- \`before/\`, \`after/\`: the page as it was saved, HTML and visible text.
- \`expected.json\`: the change that was told (\`told\`), and whether a person says that it is wrong (\`verdict\`, \`because\`).

In a checkout of Agent Workloads:

    npm run facts -- PATH/after/page.html
    npm run extract -- PATH/before/page.html PATH/after/page.html

To make it a labelled page, copy \`page.html\` to a folder of its own below \`agents/quality/pages/\` and write down in \`truth.json\`
beside it what a careful reader sees (agents/quality/README.md).

The pages are other companies' work, and say what those companies chose to say: open them in a browser only where scripts are off.
`;

/**
 * The files of a test page: what both runs saved, and what was told.
 * @param runOfWorkflow an earlier run that the reader may read, by the uid of its Workflow
 * @throws NotFoundError where nothing of either side can be given; what the storage throws, where it is away
 */
export async function testPageOf(
  store: ArtifactStore,
  stored: StoredChange,
  runOfWorkflow: (uid: string) => Promise<StoredRun | undefined>,
): Promise<ZipFile[]> {
  const change = changeOf(stored.columns);
  const reader = new Reader(store);
  const pages: Saved[] = [];
  const missing: string[] = [];
  const sides: [string, () => Promise<Side>][] = [
    ['the earlier run', () => earlierSide(stored, change, runOfWorkflow)],
    ['the run', async () => laterSide(stored, change)],
  ];
  for (const [who, sideOf] of sides) {
    try {
      pages.push(await saved(reader, await sideOf()));
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      missing.push(`Of ${who}: ${error.message}.`);
    }
  }
  if (pages.length === 0) {
    throw new NotFoundError(`There is no test page. ${missing.join(' ')}`);
  }
  const record = recordOf(stored, change, pages, missing);
  return [
    { path: 'README.md', bytes: Buffer.from(README) },
    {
      path: 'expected.json',
      bytes: Buffer.from(`${JSON.stringify(record, null, 2)}\n`),
    },
    ...pages.flatMap(({ folder, html, text }) => [
      { path: `${folder}/page.html`, bytes: html },
      { path: `${folder}/page.txt`, bytes: text },
    ]),
  ];
}
