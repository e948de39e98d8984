import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { FakeS3 } from '../__testUtils__/FakeS3';
import { S3ArtifactStore } from './ArtifactStore';
import { eventually } from '../__testUtils__/eventually';

const MINUTE = 60_000;
const ACCOUNT = '123456789012';

/** AssumeRoleWithWebIdentity of AWS's STS; each session lasts an hour of `clock`. */
class FakeSts {
  readonly asked: URLSearchParams[] = [];
  isAway = false;
  private readonly server: Server;

  constructor(clock: { now: number }) {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.isAway) {
        response.writeHead(400, { 'content-type': 'text/xml' });
        response.end(
          '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized</Message></Error></ErrorResponse>',
        );
        return;
      }
      this.asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      const n = this.asked.length;
      const end = new Date(clock.now + 60 * MINUTE).toISOString();
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(`<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
<Credentials><AccessKeyId>KEY${n}</AccessKeyId><SecretAccessKey>secret-${n}</SecretAccessKey>
<SessionToken>session-${n}</SessionToken><Expiration>${end}</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(done => this.server.listen(0, '127.0.0.1', done));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }
}

describe('the keys of the object storage', () => {
  const before = { ...process.env };
  const s3 = new FakeS3();
  const clock = { now: Date.now() };
  const sts = new FakeSts(clock);
  let endpoint: string;
  let folder: string;

  beforeAll(async () => {
    endpoint = await s3.start();
    folder = await mkdtemp(path.join(tmpdir(), 'portal-role-'));
    await writeFile(path.join(folder, 'token'), 'identity-of-the-pod');
    s3.objects.set('artifacts/a', Buffer.from('text'));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_STS: await sts.start(),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: path.join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'),
      AWS_MAX_ATTEMPTS: '1',
    });
  });
  afterAll(async () => {
    process.env = before;
    await Promise.all([s3.stop(), sts.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const open = (artifacts: object, rest: object = {}) =>
    S3ArtifactStore.fromConfig(
      new ConfigReader({
        agentWorkloads: {
          artifacts: { endpoint, bucket: 'artifacts', ...artifacts },
        },
        ...rest,
      } as never),
      () => clock.now,
    )!;
  const aws = (account: object = {}) => ({
    aws: {
      accounts: [
        {
          accountId: ACCOUNT,
          roleName: 'portal',
          region: 'eu-central-1',
          webIdentityTokenFile: path.join(folder, 'token'),
          ...account,
        },
      ],
    },
  });

  it('are those that the configuration names', async () => {
    const store = open({ accessKey: 'STATIC', secretKey: 'of-the-store' });
    expect(await store.stat('a')).toMatchObject({ size: 4 });
    expect(s3.signed).toEqual({ accessKey: 'STATIC', session: undefined });
  });

  it("are a session of the account's role, and another one before that ends", async () => {
    const store = open({ accountId: ACCOUNT }, aws());
    await Promise.all([store.stat('a'), store.stat('a')]);
    expect(s3.signed).toEqual({ accessKey: 'KEY1', session: 'session-1' });
    expect(Object.fromEntries(sts.asked[0])).toMatchObject({
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/portal`,
      WebIdentityToken: 'identity-of-the-pod',
    });

    clock.now += 54 * MINUTE;
    await store.stat('a');
    expect(s3.signed.session).toBe('session-1');
    clock.now += 2 * MINUTE;
    // Nobody waits while the session is good: whoever asks then begins the next one.
    await eventually(async () => {
      await store.stat('a');
      expect(s3.signed.session).not.toBe('session-1');
    });
    expect(s3.signed).toEqual({ accessKey: 'KEY2', session: 'session-2' });
    expect(sts.asked).toHaveLength(2);
  });

  it('that AWS does not give are said, with what to set and without what was shown to AWS', async () => {
    sts.isAway = true;
    const error = await open({ accountId: ACCOUNT }, aws())
      .stat('a')
      .catch(caught => caught);
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('AWS gives the portal no credentials'),
    });
    expect(`${error.message} ${error.stack}`).not.toContain('identity-of');
  });

  it.each([
    ['half a key', { accessKey: 'k' }, /an accessKey and no secretKey/],
    ['the other half', { secretKey: 's' }, /a secretKey and no accessKey/],
    [
      'two ways',
      { accessKey: 'k', secretKey: 's', accountId: ACCOUNT },
      /an accessKey and an accountId/,
    ],
  ])('are refused where there is %s', (_what, artifacts, message) => {
    expect(() => open(artifacts)).toThrow(message);
  });
});
