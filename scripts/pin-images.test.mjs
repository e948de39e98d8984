import { describe, expect, it } from '@jest/globals';
import { pinned, unpinned } from './pin-images.mjs';

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
