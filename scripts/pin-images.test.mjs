import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { pinned, pinnedValues, unpinned } from './pin-images.mjs';

const digest = `sha256:${'a'.repeat(64)}`;
const manifest = 'spec:\n  image: agentworkloads/agents:0.1.0\n';

describe('an image of a manifest', () => {
  it('is taken by its digest, from the registry that it was pushed to', () => {
    const images = {
      'agentworkloads/agents': { name: 'registry.example/agents', digest },
    };
    expect(pinned(manifest, images)).toBe(
      `spec:\n  image: registry.example/agents:0.1.0@${digest}\n`,
    );
  });

  it('keeps its name where the registry has no other one, and its quotes', () => {
    const quoted = 'image: "docker.io/library/postgres:15.14"\n';
    const images = { 'docker.io/library/postgres': { digest } };
    expect(pinned(quoted, images)).toBe(
      `image: "docker.io/library/postgres:15.14@${digest}"\n`,
    );
  });

  it('is refused without a digest', () => {
    expect(() => pinned(manifest, {})).toThrow(
      'no digest of agentworkloads/agents:0.1.0 is known',
    );
  });

  it('is listed until it has one', () => {
    expect(unpinned(manifest)).toEqual(['agentworkloads/agents:0.1.0']);
    expect(
      unpinned(pinned(manifest, { 'agentworkloads/agents': { digest } })),
    ).toEqual([]);
  });
});

describe('an image of the chart', () => {
  const chart = 'charts/agentworkloads';
  const texts = () =>
    Promise.all([
      readFile(`${chart}/values.yaml`, 'utf8'),
      readFile(`${chart}/templates/_helpers.tpl`, 'utf8'),
    ]);
  const OURS = ['agents', 'operator', 'portal'];
  const images = Object.fromEntries([
    ...OURS.map(name => [
      `agentworkloads/${name}`,
      { name: `registry.example/${name}`, digest },
    ]),
    ...[
      'docker.io/openpolicyagent/opa',
      'quay.io/minio/minio',
      'docker.io/library/postgres',
      'ghcr.io/browserless/chromium',
      'ghcr.io/berriai/litellm',
    ].map(name => [name, { digest }]),
  ]);

  it('is in the values by its digest, each of them, and the comments stay', async () => {
    const [values, helpers] = await texts();
    const text = pinnedValues(values, helpers, images);
    const { images: done } = parse(text);
    expect(Object.keys(done)).toHaveLength(8);
    for (const name of OURS)
      expect(done[name]).toEqual({
        repository: `registry.example/${name}`,
        digest,
      });
    expect(done.browserless).toEqual({
      repository: 'ghcr.io/browserless/chromium',
      digest,
    });
    expect(text).toContain('# A digest wins over a tag.');
  });

  it('is refused without a digest', async () => {
    const [values, helpers] = await texts();
    const others = { ...images };
    delete others['quay.io/minio/minio'];
    expect(() => pinnedValues(values, helpers, others)).toThrow(
      'no digest of quay.io/minio/minio is known',
    );
  });
});
