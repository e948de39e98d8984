import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
} from '@jest/globals';
import { startS3, type TestS3 } from '../../test/support/s3';
import { startSessions, type Sessions } from '../../test/support/sessions';
import { describeError } from '../runtime/errors';
import { createMinioStore } from './minio-store';
import { podRoleKeys } from './pod-role';

const SESSION_MS = 2_000;

let s3: TestS3;
let sessions: Sessions;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agents-role-'));
  sessions = await startSessions(s3.endpoint, SESSION_MS);
  // Nothing of the person who runs the test, and not the machine's metadata.
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: path.join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'),
  });
});
afterEach(async () => {
  process.env = { ...before };
  await sessions.close();
  await rm(folder, { recursive: true, force: true });
});

const open = () =>
  createMinioStore({
    endpoint: sessions.s3,
    region: 'eu-central-1',
    keys: podRoleKeys('eu-central-1'),
    pathStyle: true,
    bucket: s3.bucket,
    baseDelayMs: 20,
    timeoutMs: 2000,
  });

const put = (store: ReturnType<typeof open>, key: string) =>
  store.put(key, key, { contentType: 'text/plain' });

const over = (endsAt: number) =>
  new Promise(resolve => setTimeout(resolve, endsAt - Date.now() + 50));

describe('the role of the pod', () => {
  it('signs by a web identity, and goes on in a new session after the first has ended', async () => {
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'identity-1');
    Object.assign(process.env, {
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/agents',
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_ENDPOINT_URL_STS: sessions.issuer,
    });
    const store = open();
    await put(store, 'role/before');
    expect(sessions.shown).toEqual({
      identity: 'identity-1',
      role: 'arn:aws:iam::123456789012:role/agents',
    });

    // The kubelet rotates the token as well.
    await writeFile(tokenFile, 'identity-2');
    await over(sessions.issued.at(-1)!.endsAt);
    await put(store, 'role/after');
    expect(sessions.shown.identity).toBe('identity-2');
    expect(await s3.keys('role/')).toEqual(['role/after', 'role/before']);
  });

  it("signs by the container's credentials, as EKS Pod Identity gives them", async () => {
    const tokenFile = path.join(folder, 'authorization');
    await writeFile(tokenFile, 'pod-1');
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${sessions.issuer}/container`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
    });
    const store = open();
    await put(store, 'pod/before');
    expect(sessions.shown.identity).toBe('pod-1');
    await over(sessions.issued.at(-1)!.endsAt);
    await put(store, 'pod/after');
    expect(await s3.text('pod/after')).toBe('pod/after');
  });

  it('that is none, is said without a secret, and another pod may have one', async () => {
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'a-secret-identity');
    Object.assign(process.env, {
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/agents',
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
    });
    const error = await put(open(), 'none').catch(caught => caught);
    expect(error).toMatchObject({ name: 'RetryableError' });
    expect(describeError(error)).toContain('Unable to get credentials');
    expect(describeError(error)).not.toContain('a-secret-identity');
  });
});
