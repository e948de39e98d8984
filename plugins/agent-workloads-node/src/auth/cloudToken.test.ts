import { ConfigReader } from '@backstage/config';
import { FakeTokenServers } from '../__testUtils__/FakeTokenServers';
import { cloudToken } from './cloudToken';
import type { CloudAuth } from './cloudAuth';

const MINUTE = 60_000;
const ROLE = 'arn:aws:iam::123456789012:role/portal';

describe('tokens of a cloud', () => {
  const before = { ...process.env };
  const clock = { now: Date.now() };
  const servers = new FakeTokenServers(clock);

  // Once: Azure's library keeps the address that it has found.
  beforeAll(async () => {
    const address = await servers.start();
    for (const name of Object.keys(process.env)) {
      if (/^(AWS|AZURE|GOOGLE|GCE)_/.test(name)) delete process.env[name];
    }
    Object.assign(process.env, {
      // Nothing of the person who runs the test.
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'PORTAL',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-portal',
      AWS_ENDPOINT_URL_STS: `http://${address}`,
      AWS_MAX_ATTEMPTS: '1',
      GCE_METADATA_HOST: address,
      METADATA_SERVER_DETECTION: 'assume-present',
      IDENTITY_ENDPOINT: `http://${address}/msi/token`,
      IDENTITY_HEADER: 'header-of-the-machine',
    });
  });
  beforeEach(() => {
    clock.now = Date.now();
    servers.asked = [];
    servers.isAway = false;
  });
  afterAll(async () => {
    process.env = before;
    await servers.stop();
  });

  const tokens = (auth: CloudAuth) =>
    cloudToken(new ConfigReader({}), auth, () => clock.now);
  /** Nobody waits while the last one is good: whoever asks then begins the next. */
  const other = async (token: () => Promise<string>, last: string) => {
    let next = await token();
    while (next === last) {
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
      next = await token();
    }
    return next;
  };
  const eks = (more: object = {}): CloudAuth => ({
    kind: 'aws',
    clusterId: 'production',
    region: 'eu-central-1',
    ...more,
  });
  const addressIn = (token: string) => {
    expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
    return new URL(Buffer.from(token.slice(11), 'base64url').toString());
  };

  it('are for EKS the signed address that says who signs, for this cluster', async () => {
    const token = tokens(eks());
    const address = addressIn(await token());
    expect(address.host).toBe('sts.eu-central-1.amazonaws.com');
    const { searchParams: said } = address;
    expect(said.get('Action')).toBe('GetCallerIdentity');
    expect(said.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id');
    expect(said.get('X-Amz-Credential')).toMatch(
      /^PORTAL\/\d{8}\/eu-central-1\/sts\/aws4_request$/,
    );
    expect(said.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
    expect(servers.asked).toEqual([]);
  });

  it('are for EKS signed anew while the cluster still takes the last one', async () => {
    const token = tokens(eks());
    const first = await token();
    clock.now += 10 * MINUTE;
    expect(await token()).toBe(first);
    clock.now += 2 * MINUTE;
    const second = await other(token, first);
    expect(addressIn(second).searchParams.get('X-Amz-Date')).not.toBe(
      addressIn(first).searchParams.get('X-Amz-Date'),
    );
  });

  it('are for EKS of the role that is named, in a session of it', async () => {
    const address = addressIn(await tokens(eks({ assumeRole: ROLE }))());
    expect(servers.asked).toEqual([`aws AssumeRole ${ROLE}`]);
    expect(address.searchParams.get('X-Amz-Credential')).toMatch(/^KEY1\//);
    expect(address.searchParams.get('X-Amz-Security-Token')).toBe('session-1');
  });

  it.each<[string, number, CloudAuth, RegExp, string]>([
    ['Google', 60, { kind: 'googleServiceAccount' }, /^google-/, 'google'],
    [
      'Azure',
      4,
      { kind: 'azure' },
      /^azure-/,
      'azure 6dae42f8-4368-4678-94ff-3960e28e3630 own',
    ],
    [
      'Azure, of a named identity,',
      4,
      { kind: 'azure', clientId: 'id-of-the-portal' },
      /^azure-/,
      'azure 6dae42f8-4368-4678-94ff-3960e28e3630 id-of-the-portal',
    ],
  ])(
    'are of %s kept, and others before their %i minutes end',
    async (_cloud, minutes, auth, form, asked) => {
      const token = tokens(auth);
      const first = await token();
      expect(first).toMatch(form);
      clock.now += (minutes / 2) * MINUTE;
      expect(await token()).toBe(first);
      clock.now += (minutes / 2 - 0.5) * MINUTE;
      const second = await other(token, first);
      expect(second).toMatch(form);
      expect(servers.asked).toEqual([asked, asked]);
    },
  );

  it('of before are given while the cloud is away, to their end', async () => {
    const token = tokens({ kind: 'googleServiceAccount' });
    const first = await token();
    expect(first).toMatch(/^google-/);
    servers.isAway = true;
    clock.now += 58 * MINUTE;
    expect(await token()).toBe(first);
    clock.now += 3 * MINUTE;
    await expect(token()).rejects.toThrow();
  });

  it('need a key that is JSON, and its text is not repeated', async () => {
    const token = tokens({
      kind: 'googleServiceAccount',
      credentials: 'a-secret',
    });
    const error = await token().catch(caught => caught);
    expect(error.message).toMatch(/google.credentials is not JSON/);
    expect(error.message).not.toContain('a-secret');
  });
});
