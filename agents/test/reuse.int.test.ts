import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  runPrefix,
  type EvidenceRecord,
  type Manifest,
} from '@agentworkloads/api';
import { sha256Hex } from '../src/artifacts/minio-store';
import { scrapeStep } from '../src/steps/scrape/step';
import { anyStep, startRun, type TestRun } from './support/harness';
import {
  createRuns,
  FIRST,
  OTHER,
  readFacts,
  reportOf,
  textKeyOf,
} from './support/saved-run';

const runs = createRuns();
const opened: TestRun[] = [];
beforeAll(runs.open);
afterAll(async () => {
  for (const run of opened) await run.close();
  await runs.close();
});

const SEEN_AT = '2026-11-22T08:00:00Z';
/** One page that was seen, and one that was not. */
const PAGES = { ...FIRST, 'https://gone.example/': undefined };

async function recordOf(
  run: TestRun,
  manifest: Manifest,
): Promise<EvidenceRecord> {
  const { bucket } = runs.ground().s3;
  const key = `${runPrefix(run.place)}scrape/manifest.json`;
  const body = JSON.stringify(manifest);
  await runs.put(key, body);
  return {
    name: 'monday',
    workflowUid: run.uid,
    seenAt: SEEN_AT,
    seenIn: 'monday',
    seenInWorkflow: run.uid,
    artifacts: { manifest: { bucket, key, sha256: sha256Hex(body) } },
  };
}

/** A run of before whose pages stand in object storage, each looked at twice where `again` says so. */
async function timedOut(again = false) {
  const run = await runs.started(PAGES);
  const given = JSON.parse(await run.readInput('manifest')) as Manifest;
  const pages = given.pages.map(page =>
    again && !page.reason ? { ...page, secondLook: page } : page,
  );
  const manifest = { ...given, pages };
  return { run, manifest, record: await recordOf(run, manifest) };
}

async function bytesOf(key: string): Promise<Buffer> {
  const { client, bucket } = runs.ground().s3;
  return buffer(await client.getObject(bucket, key));
}

/** Every place below, with the hash beside it. */
function filesIn(value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap(filesIn);
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Record<string, unknown>;
  return Object.entries(fields).flatMap(([field, one]): [string, string][] => {
    const hash = field === 'key' ? 'sha256' : field.replace(/Key$/, 'Sha256');
    return hash !== field && typeof one === 'string' && fields[hash]
      ? [[one, String(fields[hash])]]
      : filesIn(one);
  });
}

/** Nothing may be visited: the browser and the way out are not there. */
const visitsNothing = (
  deps: Parameters<Parameters<TestRun['run']>[1] & {}>[0],
) => {
  const refuse = () => {
    throw new Error('a page was to be visited');
  };
  deps.browser = { ...deps.browser, get: refuse };
  deps.egressFor = refuse;
};

async function openedAgain(
  record: EvidenceRecord,
  urls = Object.keys(PAGES),
): Promise<TestRun> {
  const run = await startRun(runs.ground(), {
    urls,
    env: { EVIDENCE_FROM: JSON.stringify(record) },
  });
  opened.push(run);
  return run;
}

const scrape = (run: TestRun) => run.run(anyStep(scrapeStep), visitsNothing);

describe('a run that is opened again', () => {
  it('has the pages of the one before as its own, byte for byte, and says when they were seen', async () => {
    const before = await timedOut(true);
    const run = await openedAgain(before.record);
    await scrape(run);
    const manifest = await run.manifest();
    expect(manifest.workflowUid).toBe(run.uid);
    expect(manifest.reused).toEqual({ run: 'monday', seenAt: SEEN_AT });
    const [from, to] = [before.run, run].map(one => runPrefix(one.place)) as [
      string,
      string,
    ];
    // Only where the files are differs.
    expect(manifest.pages).toEqual(
      JSON.parse(JSON.stringify(before.manifest.pages).replaceAll(from, to)),
    );
    const places = filesIn(manifest.pages);
    expect(places.length).toBeGreaterThan(4);
    for (const [key, hash] of places)
      expect([key, sha256Hex(await bytesOf(key))]).toEqual([key, hash]);
    expect(manifest.pages.some(({ reason }) => reason === 'TIMEOUT')).toBe(
      true,
    );
  });

  it('takes no record that somebody else put in its place', async () => {
    const { record, manifest } = await timedOut();
    const run = await openedAgain(record);
    const page = manifest.pages.find(({ url }) => url === OTHER)!;
    const place = `${runPrefix(run.place)}pages/${page.urlSha256}/page.json`;
    await runs.put(place, JSON.stringify({ ...page, title: 'Another title' }));
    await scrape(run);
    const kept = (await run.manifest()).pages.find(({ url }) => url === OTHER);
    expect(kept?.title).toBe(page.title);
  });

  it.each(['first', 'second'])(
    'fails where the record of its %s look at a page is changed before it is listed',
    async look => {
      const { record, manifest } = await timedOut(true);
      const run = await openedAgain(record);
      const page = manifest.pages.find(({ url }) => url === OTHER)!;
      const folder = `pages/${page.urlSha256}/`;
      const place = `${folder}${
        look === 'second' ? 'second-look/' : ''
      }page.json`;
      const altering = run.run(anyStep(scrapeStep), deps => {
        visitsNothing(deps);
        const { put } = deps.store;
        deps.store.put = async (key, ...rest) => {
          const result = await put(key, ...rest);
          if (key.endsWith(place))
            await runs.put(key, JSON.stringify({ ...page, title: 'Another' }));
          return result;
        };
      });
      await expect(altering).rejects.toThrow('was changed in object storage');
    },
  );

  it('copies nothing twice when its pod is lost', async () => {
    const { record } = await timedOut();
    const run = await openedAgain(record);
    const puts: string[] = [];
    const dying = run.run(anyStep(scrapeStep), deps => {
      visitsNothing(deps);
      const { put } = deps.store;
      deps.store.put = (key, ...rest) => {
        if (puts.length === 5) throw new Error('the pod is lost');
        puts.push(key);
        return put(key, ...rest);
      };
    });
    await expect(dying).rejects.toThrow('the pod is lost');
    const later: string[] = [];
    await run.run(anyStep(scrapeStep), deps => {
      visitsNothing(deps);
      const { put } = deps.store;
      deps.store.put = async (...given) => {
        const result = await put(...given);
        if (result.written) later.push(result.key);
        return result;
      };
    });
    expect((await run.manifest()).reused?.run).toBe('monday');
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter(key => puts.includes(key))).toEqual([]);
  });

  it('leads to a report that says when the pages were seen, and in which run', async () => {
    const { record } = await timedOut();
    const run = await openedAgain(record);
    await scrape(run);
    await run.giveInput('manifest', await run.readOutput('manifest.json'));
    await readFacts(run);
    const { report, markdown, html } = await reportOf(run);
    expect(report.reused).toEqual({ run: 'monday', seenAt: SEEN_AT });
    expect(report.facts.length).toBeGreaterThan(3);
    const said =
      'The pages were seen on 2026-11-22 08:00 UTC, in run monday; this run did not visit them again.';
    for (const text of [markdown, html]) expect(text).toContain(said);
  });

  const textOf = ({ run }: { run: TestRun }) =>
    textKeyOf({ workflowUid: run.uid }, OTHER);
  type Before = Awaited<ReturnType<typeof timedOut>>;
  it.each<[string, (of: Before) => Promise<EvidenceRecord | void>, string]>([
    [
      'a page has one byte that is another',
      async of =>
        runs.put(textOf(of), `${await runs.ground().s3.text(textOf(of))} `),
      `an object of the page ${OTHER} does not have the hash`,
    ],
    [
      'a page is gone',
      of => runs.remove(textOf(of)),
      `no longer in object storage: an object of the page ${OTHER} is missing`,
    ],
    [
      'the list of pages was altered',
      async ({ record: { artifacts } }) =>
        runs.put(artifacts.manifest.key, '{}'),
      'its list of pages does not have the hash',
    ],
    [
      'the list of pages is gone',
      ({ record: { artifacts } }) => runs.remove(artifacts.manifest.key),
      'its list of pages is missing',
    ],
    [
      'the list of pages names what another run saved',
      async ({ run, manifest }) => {
        const stranger = await timedOut();
        const [page, ...rest] = manifest.pages;
        const textKey = textOf(stranger);
        const views = page?.views?.map(view => ({ ...view, textKey }));
        const forged = { ...page!, textKey, ...(views && { views }) };
        return recordOf(run, { ...manifest, pages: [forged, ...rest] });
      },
      'names an object of another run',
    ],
    [
      'the list of pages climbs out of its run',
      async ({ run, manifest }) => {
        const [page, ...rest] = manifest.pages;
        const textKey = `${runPrefix(run.place)}../secret`;
        const forged = { ...page!, textKey };
        return recordOf(run, { ...manifest, pages: [forged, ...rest] });
      },
      'names an object of another run',
    ],
    [
      'it lies in another bucket',
      async ({ record }) => ({
        ...record,
        artifacts: {
          manifest: { ...record.artifacts.manifest, bucket: 'other' },
        },
      }),
      'is in bucket "other"',
    ],
  ])(
    'fails for good, and uses nothing, where %s',
    async (_what, change, why) => {
      const before = await timedOut();
      const record = (await change(before)) ?? before.record;
      const run = await openedAgain(record);
      await expect(scrape(run)).rejects.toMatchObject({
        name: 'PermanentError',
        message: expect.stringContaining(why),
      });
      await expect(run.readOutput('manifest.json')).rejects.toThrow('ENOENT');
    },
  );

  it('fails where it asks about other pages', async () => {
    const { record } = await timedOut();
    const run = await openedAgain(record, [OTHER]);
    await expect(scrape(run)).rejects.toThrow('was about other pages');
  });
});
