import { describe, expect, it } from '@jest/globals';
import { parseEnv, secretsOf, stepEnvSchema } from './env';

const ENV = {
  WORKFLOW_UID: 'a-1',
  TARGET_URLS: '["https://a.test/"]',
  S3_ENDPOINT: 'http://minio:9000',
  S3_ACCESS_KEY: 'access',
  S3_SECRET_KEY: 'secret-key',
  S3_BUCKET: 'bucket',
  CHECKPOINT_DATABASE_URL: 'postgres://u:p%40ss@db/x',
};

describe('the environment of a step', () => {
  it('has defaults, and empty counts as absent', () => {
    expect(
      parseEnv(stepEnvSchema, {
        ...ENV,
        LLM_BASE_URL: '',
        LOG_LEVEL: '',
        CHROMIUM_PATH: '',
      }),
    ).toMatchObject({
      AGENTIC_WORK_DIR: '/work',
      LOG_LEVEL: 'info',
      S3_REGION: 'us-east-1',
      SCRAPE_CONCURRENCY: 2,
      TARGET_URLS: ['https://a.test/'],
      S3_PATH_STYLE: true,
    });
  });

  it.each([
    ['WORKFLOW_UID', '../x'],
    ['WORKFLOW_NAMESPACE', 'Team/../x'],
    ['TARGET_URLS', 'not json'],
    ['TARGET_URLS', '["file:///etc/passwd"]'],
    ['TARGET_URLS', '["http://user:pw@a.test/"]'],
    [
      'TARGET_URLS',
      JSON.stringify(Array.from({ length: 501 }, () => 'http://a.test/')),
    ],
    [
      'TARGET_URLS',
      JSON.stringify(
        Array.from({ length: 40 }, () => `http://a.test/${'x'.repeat(2000)}`),
      ),
    ],
    ['S3_ENDPOINT', 'minio:9000'],
    ['S3_ACCESS_KEY', ''],
    ['S3_SECRET_KEY', ''],
    ['CHECKPOINT_DATABASE_URL', 'mysql://x/y'],
    ['SCRAPE_CONTACT', 'a\r\nb: c'],
    ['PAGE_TIMEOUT_MS', '-1'],
    ['EGRESS_RULES', '[]'],
    ['EGRESS_RULES', '{"allow":["*"]}'],
    ['EGRESS_RULES', '{"allow":["*"],"deny":["no pattern"]}'],
  ])('refuses %s=%.40s by name, without its value', (name, value) => {
    expect(() => parseEnv(stepEnvSchema, { ...ENV, [name]: value })).toThrow(
      new RegExp(`not usable.*${name}`),
    );
  });

  const artifact = (name: string) => ({
    bucket: 'artifacts',
    key: `runs/team/u-1/${name}.json`,
    sha256: 'a'.repeat(64),
  });
  const BASELINE = {
    name: 'weekly-1',
    workflowUid: 'u-1',
    completedAt: '2026-11-22T08:00:00Z',
    artifacts: { manifest: artifact('manifest'), facts: artifact('facts') },
  };

  it('needs no key of the object storage, where the pod runs under a role', () => {
    const { S3_ACCESS_KEY: _key, S3_SECRET_KEY: _secret, ...rest } = ENV;
    const env = parseEnv(stepEnvSchema, rest);
    expect(env.S3_ACCESS_KEY).toBeUndefined();
    expect(secretsOf(env)).not.toContain(undefined);
  });

  it('reads the baseline, and has none where it is empty or not there', () => {
    const read = (text?: string) =>
      parseEnv(stepEnvSchema, { ...ENV, BASELINE: text }).BASELINE;
    expect(read(JSON.stringify(BASELINE))).toEqual(BASELINE);
    expect(read('')).toBeUndefined();
    expect(read()).toBeUndefined();
  });

  it.each([
    ['is no JSON', '{{workflow.parameters.baseline}}', 'must be JSON'],
    ['is not there', 'null', 'BASELINE'],
    ['lacks the artifacts', '{"name":"weekly-1"}', 'BASELINE.artifacts'],
    [
      'names no hash',
      JSON.stringify(BASELINE).replace(/a{64}/, ''),
      'BASELINE.artifacts.manifest.sha256',
    ],
  ])('refuses a baseline that %s', (_what, text, words) => {
    expect(() => parseEnv(stepEnvSchema, { ...ENV, BASELINE: text })).toThrow(
      words,
    );
  });

  it('knows its secrets', () => {
    const env = parseEnv(stepEnvSchema, {
      ...ENV,
      LLM_API_KEY: 'sk-12345',
      BROWSER_TOKEN: 'token',
    });
    expect(secretsOf(env).sort()).toEqual([
      'access',
      'p%40ss',
      'p@ss',
      'secret-key',
      'sk-12345',
      'token',
    ]);
  });
});
