import { createHash } from 'node:crypto';
import { ALLOW, startPortal, type Portal } from './__testUtils__/startPortal';
import { waiting, WORKFLOW_UID } from './__testUtils__/workloads';

const RUN = '/runs/local/agentworkloads/tidepool-1';
const PREFIX = `runs/${WORKFLOW_UID}`;
const URL_HASH = 'a'.repeat(64);
const SHOT = `${PREFIX}/pages/${URL_HASH}/desktop.webp`;
const MANIFEST = `${PREFIX}/scrape/manifest.json`;
const YEARLY = `${PREFIX}/pages/${URL_HASH}/views/state-1`;
const AGAIN = `${PREFIX}/pages/${URL_HASH}/second-look/page.txt`;
const LATER = `${PREFIX}/pages/${URL_HASH}/extra.webp`;
const object = (key: string) => `${RUN}/objects?key=${encodeURIComponent(key)}`;
const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

const manifest = JSON.stringify({
  schemaVersion: 1,
  workflowUid: WORKFLOW_UID,
  jobId: 'agentworkloads/tidepool-1',
  objective: 'Plans',
  bucket: 'artifacts',
  userAgent: 'test',
  createdAt: '2026-01-01T00:00:00Z',
  pages: [
    {
      url: 'https://tidepool.example.com/',
      urlSha256: URL_HASH,
      views: [
        {
          id: 'state-1',
          state: 'Yearly',
          textKey: `${YEARLY}/page.txt`,
          textSha256: sha256('text'),
          htmlKey: `${YEARLY}/page.html`,
          htmlSha256: sha256('html'),
          layoutKey: `${YEARLY}/layout.json`,
          layoutSha256: sha256('{}'),
          shots: [
            {
              kind: 'desktop',
              key: `${YEARLY}/desktop.webp`,
              sha256: sha256('shot'),
              width: 1,
              height: 1,
              bytes: 4,
            },
          ],
        },
      ],
      secondLook: {
        url: 'https://tidepool.example.com/',
        urlSha256: URL_HASH,
        textKey: AGAIN,
        textSha256: sha256('seen again'),
      },
      shots: [
        {
          kind: 'desktop',
          key: SHOT,
          sha256: sha256('0123456789'),
          width: 1,
          height: 1,
          bytes: 10,
        },
      ],
    },
  ],
});

describe('what is shown at an open gate', () => {
  let portal: Portal;
  const put = (key: string, text: string) =>
    portal.s3.objects.set(`artifacts/${key}`, Buffer.from(text));

  beforeEach(async () => {
    portal = await startPortal({
      prepare(api) {
        const run = waiting();
        Object.assign(run.status as object, {
          workflowArtifacts: {
            manifest: {
              bucket: 'artifacts',
              key: MANIFEST,
              sha256: sha256(manifest),
            },
          },
        });
        api.put('agentworkloads', run);
      },
    });
    portal.setPolicy(() => ALLOW);
    put(MANIFEST, manifest);
    put(SHOT, '0123456789');
    put(LATER, 'not part of it');
  });
  afterEach(() => portal.stop());

  it('is what the run put out, with ranges as ever', async () => {
    const evidence = await portal.get('alice', `${RUN}/evidence`);
    expect([evidence.status, evidence.body.manifest.pages.length]).toEqual([
      200, 1,
    ]);
    const whole = await portal.get('alice', object(SHOT)).buffer(true);
    expect([whole.status, String(whole.body)]).toEqual([200, '0123456789']);
    const part = await portal
      .get('alice', object(SHOT))
      .set('Range', 'bytes=2-4')
      .buffer(true);
    expect([part.status, String(part.body)]).toEqual([206, '234']);
    expect((await portal.get('alice', `${RUN}/artifacts/manifest`)).text).toBe(
      manifest,
    );
  });

  it('is also what a second look at a page saw', async () => {
    put(AGAIN, 'seen again');
    const seen = await portal.get('alice', object(AGAIN)).buffer(true);
    expect([seen.status, String(seen.text ?? seen.body)]).toEqual([
      200,
      'seen again',
    ]);
    put(AGAIN, 'altered since');
    expect((await portal.get('alice', object(AGAIN))).status).toBe(409);
  });

  it.each([
    ['a picture', SHOT, object(SHOT)],
    ['the manifest', MANIFEST, `${RUN}/artifacts/manifest`],
    ['the manifest, as evidence', MANIFEST, `${RUN}/evidence`],
  ])('is never another object in place of %s', async (_what, key, path) => {
    put(key, `${key === SHOT ? '0123456780' : `${manifest} `}`);
    const { status, body } = await portal.get('alice', path);
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/replaced it in the storage/);
  });

  it.each([
    ['page.txt', 'text'],
    ['page.html', 'html'],
    ['layout.json', '{}'],
    ['desktop.webp', 'shot'],
  ])(
    'is the %s of another view of a page, proven as well',
    async (file, text) => {
      const key = `${YEARLY}/${file}`;
      put(key, text);
      expect((await portal.get('alice', object(key))).status).toBe(200);
      put(key, 'not it');
      expect((await portal.get('alice', object(key))).status).toBe(409);
    },
  );

  it('is not another object that was seen as the right one before', async () => {
    expect((await portal.get('alice', `${RUN}/evidence`)).status).toBe(200);
    put(MANIFEST, `${manifest} `);
    expect((await portal.get('alice', `${RUN}/evidence`)).status).toBe(409);
  });

  it('is nothing that the gate did not open with', async () => {
    const { status, body } = await portal.get('alice', object(LATER));
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/not part of what the gate opened with/);
  });
});
