import { ARTIFACTS } from '@agentworkloads/api';
import {
  artifactReadPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { waiting, WORKFLOW_UID, workload } from './__testUtils__/workloads';

const RUN = '/runs/local/agentworkloads/tidepool-1';
const PAGE = `runs/${WORKFLOW_UID}/pages/${'a'.repeat(64)}`;
const object = (key: string) => `${RUN}/objects?key=${encodeURIComponent(key)}`;

describe('artifacts and objects', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api, s3) {
        const run = waiting();
        Object.assign(run.status as object, { phase: 'Completed' });
        const artifacts = (
          run.status as { workflowArtifacts: Record<string, object> }
        ).workflowArtifacts;
        Object.assign(artifacts, {
          stolen: {
            bucket: 'artifacts',
            key: 'runs/another-run/synthesis/report.html',
          },
          foreign: { bucket: 'backups', key: `runs/${WORKFLOW_UID}/x.json` },
          gone: { bucket: 'artifacts', key: `runs/${WORKFLOW_UID}/gone.json` },
        });
        const put = (key: string, text: string | Buffer) =>
          s3.objects.set(`artifacts/${key}`, Buffer.from(text as string));
        api.put('agentworkloads', run);
        api.put('agentworkloads', workload('fresh'));
        const kept = Object.values(ARTIFACTS).map(name => {
          const key = `runs/${WORKFLOW_UID}/kept/${name}`;
          put(key, '{}');
          return [name, { bucket: 'artifacts', key }];
        });
        api.put(
          'agentworkloads',
          workload('kept', {
            status: {
              phase: 'Completed',
              argoWorkflow: {
                name: 'kept-aw',
                namespace: 'agentworkloads',
                uid: WORKFLOW_UID,
                startedAt: '2026-01-01T00:00:01Z',
              },
              workflowArtifacts: Object.fromEntries(kept),
            },
          }),
        );
        put(
          `runs/${WORKFLOW_UID}/synthesis/report.html`,
          '<script>alert(1)</script>',
        );
        put(`runs/${WORKFLOW_UID}/scrape/manifest.json`, '{"schemaVersion":2}');
        put(`${PAGE}/desktop.webp`, '0123456789');
        put(`runs/agentworkloads/${WORKFLOW_UID}/x.txt`, 'of this namespace');
        put(`runs/team-b/${WORKFLOW_UID}/x.txt`, 'secret of team b');
        put(`${PAGE}/page.exe`, 'MZ');
        put(`${PAGE}/empty.txt`, '');
        put('runs/another-run/synthesis/report.html', 'secret of another run');
        s3.objects.set('backups/dump', Buffer.from('secret'));
      },
    });
  });

  afterAll(() => portal.stop());
  beforeEach(() => {
    portal.setPolicy(() => ALLOW);
    portal.s3.asked.length = 0;
  });

  it('streams an artifact by its name, locked into a sandbox', async () => {
    const { status, text, headers } = await portal.get(
      'alice',
      `${RUN}/artifacts/report-html`,
    );
    expect(status).toBe(200);
    expect(text).toBe('<script>alert(1)</script>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^sandbox; default-src 'none'/,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-length']).toBe('25');
  });

  it('answers in words that nobody keeps, where the bytes are there and can not be read', async () => {
    portal.s3.isBroken = true;
    const { status, body, headers } = await portal
      .get('alice', `${RUN}/artifacts/report-html`)
      .set('Range', 'bytes=0-3');
    portal.s3.isBroken = false;
    expect(status).toBe(503);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['cache-control']).toBeUndefined();
    expect(headers.etag).not.toMatch(/^"[0-9a-f]{32}"$/);
    expect(headers['content-range']).toBeUndefined();
    expect(body.error.message).toMatch(/^The object storage can't be read now/);
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=4-2', 200, '0123456789', undefined],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
    ['bytes=10-', 416, '', 'bytes */10'],
  ])(
    'answers Range: %s with %i',
    async (range, status, expected, contentRange) => {
      const response = await portal
        .get('alice', object(`${PAGE}/desktop.webp`))
        .set('Range', range)
        .buffer(true)
        .parse((res, callback) => {
          const chunks: Buffer[] = [];
          res.on('data', chunk => chunks.push(chunk));
          res.on('end', () => callback(null, Buffer.concat(chunks).toString()));
        });
      expect(response.status).toBe(status);
      expect(response.body).toBe(expected);
      expect(response.headers['content-range']).toBe(contentRange);
      expect(response.headers['accept-ranges']).toBe('bytes');
    },
  );

  it('answers 304 to a browser that has it', async () => {
    const first = await portal.get('alice', object(`${PAGE}/desktop.webp`));
    const second = await portal
      .get('alice', object(`${PAGE}/desktop.webp`))
      .set('If-None-Match', first.headers.etag);
    expect(second.status).toBe(304);
  });

  it.each([
    ['manifest', 'application/json'],
    ['shots', 'application/json'],
    ['facts', 'application/json'],
    ['changes', 'application/json'],
    ['report-md', 'text/markdown'],
    ['report-html', 'text/html'],
    ['report-json', 'application/json'],
    ['prices-csv', 'text/csv'],
  ])('sends the artifact %s as %s, whatever its key', async (name, type) => {
    const { status, headers } = await portal.get(
      'alice',
      `/runs/local/agentworkloads/kept/artifacts/${name}`,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
  });

  it('takes the type of another object from its key, never from the store', async () => {
    const image = await portal.get('alice', object(`${PAGE}/desktop.webp`));
    expect(image.headers['content-type']).toBe('image/webp');
    const other = await portal.get('alice', object(`${PAGE}/page.exe`));
    expect(other.headers['content-type']).toBe('application/octet-stream');
  });

  it("serves what is filed under the run's namespace, and what is from before", async () => {
    const now = await portal.get(
      'alice',
      object(`runs/agentworkloads/${WORKFLOW_UID}/x.txt`),
    );
    expect([now.status, now.text]).toEqual([200, 'of this namespace']);
    const before = await portal.get('alice', object(`${PAGE}/desktop.webp`));
    expect(before.status).toBe(200);
  });

  it('serves an empty object', async () => {
    const { status, text } = await portal.get(
      'alice',
      object(`${PAGE}/empty.txt`),
    );
    expect(status).toBe(200);
    expect(text).toBe('');
  });

  it.each([
    ["another run's", 'runs/another-run/synthesis/report.html', 403],
    [
      'of the same uid in another namespace',
      `runs/team-b/${WORKFLOW_UID}/x.txt`,
      403,
    ],
    [
      'one that climbs',
      `runs/${WORKFLOW_UID}/../another-run/synthesis/report.html`,
      400,
    ],
    [
      'one with a hidden climb',
      `runs/${WORKFLOW_UID}/%2e%2e/another-run/x`,
      400,
    ],
    ['a backslash', `runs/${WORKFLOW_UID}\\..\\x`, 400],
    ['a leading slash', `/runs/${WORKFLOW_UID}/x`, 400],
    ['a null byte', `runs/${WORKFLOW_UID}/x\u0000.html`, 400],
    ['only the prefix', `runs/${WORKFLOW_UID}/`, 400],
    ['a run whose uid begins the same', `runs/${WORKFLOW_UID}9/x.json`, 403],
    ['an empty one', '', 400],
    ['a very long one', `runs/${WORKFLOW_UID}/${'x'.repeat(1100)}`, 400],
  ])('refuses a key: %s', async (_what, key, status) => {
    const response = await portal.get('alice', object(key));
    expect(response.status).toBe(status);
    expect(response.text).not.toContain('secret of');
    expect(portal.s3.asked).toEqual([]);
  });

  it('refuses several keys at once', async () => {
    const { status } = await portal.get('alice', `${RUN}/objects?key=a&key=b`);
    expect(status).toBe(400);
  });

  it.each([
    ["another run's key", 'stolen', 403],
    ['another bucket', 'foreign', 404],
    ['an object that is gone', 'gone', 404],
    ['a name that is not there', 'nope', 404],
    ['a name of the prototype', 'constructor', 404],
  ])('refuses an artifact with %s', async (_what, name, status) => {
    const response = await portal.get('alice', `${RUN}/artifacts/${name}`);
    expect(response.status).toBe(status);
    expect(response.text).not.toContain('secret of');
  });

  it('has no objects for a run that has not begun', async () => {
    const { status, body } = await portal.get(
      'alice',
      `/runs/local/agentworkloads/fresh/objects?key=${PAGE}/desktop.webp`,
    );
    expect(status).toBe(404);
    expect(body.error.message).toBe('This run has no objects yet');
  });

  it('leaves out of the evidence what is not what it should be', async () => {
    const { status, body } = await portal.get('alice', `${RUN}/evidence`);
    expect(status).toBe(200);
    expect(body).toEqual({});
  });

  describe('evidence', () => {
    const KEY = `artifacts/runs/${WORKFLOW_UID}/scrape/manifest.json`;
    const manifest = (objective: string) =>
      Buffer.from(
        JSON.stringify({
          schemaVersion: 1,
          workflowUid: WORKFLOW_UID,
          jobId: 'tidepool-1',
          objective,
          bucket: 'artifacts',
          userAgent: 'AgentWorkloads',
          createdAt: '2026-01-01T00:00:00Z',
          pages: [],
        }),
      );
    let before: Buffer;

    beforeAll(() => {
      before = portal.s3.objects.get(KEY)!;
      portal.s3.objects.set(KEY, manifest('Plans and prices'));
    });
    afterAll(() => portal.s3.objects.set(KEY, before));

    const readBytes = () =>
      portal.s3.asked.filter(one => one.startsWith('GET')).length;

    it('is read from the storage once, whoever asks and how often', async () => {
      const answers = await Promise.all(
        ['alice', 'bob', 'alice'].map(user =>
          portal.get(user, `${RUN}/evidence`),
        ),
      );
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body).toEqual({
          manifest: expect.objectContaining({ objective: 'Plans and prices' }),
        });
      }
      await portal.get('bob', `${RUN}/evidence`);
      expect(readBytes()).toBe(1);
    });

    it('is not sent again to a browser that has it, once the permission was asked', async () => {
      const { headers } = await portal.get('alice', `${RUN}/evidence`);
      const again = () =>
        portal
          .get('alice', `${RUN}/evidence`)
          .set('If-None-Match', headers.etag);
      expect((await again()).status).toBe(304);
      portal.setPolicy(() => DENY);
      expect((await again()).status).toBe(403);
    });

    it('is read anew when the object is another one', async () => {
      const { headers } = await portal.get('alice', `${RUN}/evidence`);
      portal.s3.objects.set(KEY, manifest('Something else'));
      const { status, body } = await portal
        .get('alice', `${RUN}/evidence`)
        .set('If-None-Match', headers.etag);
      expect(status).toBe(200);
      expect(body.manifest.objective).toBe('Something else');
    });

    it('has nothing when the object was deleted, though it was read before', async () => {
      portal.s3.objects.delete(KEY);
      const { status, body } = await portal.get('alice', `${RUN}/evidence`);
      expect(status).toBe(200);
      expect(body).toEqual({});
    });
  });

  it.each([artifactReadPermission, workloadReadPermission])(
    'needs $name',
    async needed => {
      portal.setPolicy(permission =>
        permission.name === needed.name ? DENY : ALLOW,
      );
      for (const path of [
        `${RUN}/artifacts/report-html`,
        object(`${PAGE}/desktop.webp`),
        `${RUN}/evidence`,
      ]) {
        expect((await portal.get('alice', path)).status).toBe(403);
      }
      expect(portal.s3.asked).toEqual([]);
    },
  );

  it('says that the storage is away, without its address or secret', async () => {
    await portal.s3.stop();
    const { status, text } = await portal.get(
      'alice',
      `${RUN}/artifacts/report-html`,
    );
    expect(status).toBe(503);
    expect(text).toMatch(/The object storage can't be read now/);
    expect(text).not.toMatch(/secret-of-the-store|127\.0\.0\.1/);
  });
});
