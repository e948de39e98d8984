import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { versionedFiles, withVersion } from './product-version.mjs';

const KUSTOMIZATION = `images:
  - name: agentworkloads/agents
    newTag: 0.1.0
  - name: agentworkloads/operator
    newName: registry.example/operator
    newTag: 0.1.0
  - name: docker.io/library/postgres
    newTag: '15'
labels:
  - pairs:
      app.kubernetes.io/version: 0.1.0
`;

describe('the version of the product', () => {
  it.each([
    [
      'image: agentworkloads/agents:0.1.0',
      'image: agentworkloads/agents:2.0.0',
    ],
    ['-t agentworkloads/portal:0.1.0 .', '-t agentworkloads/portal:2.0.0 .'],
    ['ARG VERSION=0.1.0\n', 'ARG VERSION=2.0.0\n'],
    ['VERSION=${VERSION:-0.1.0}\n', 'VERSION=${VERSION:-2.0.0}\n'],
    [
      '`-t agentworkloads/operator:0.1.0`, then',
      '`-t agentworkloads/operator:2.0.0`, then',
    ],
    [
      'push registry.example.com/agentworkloads/operator:0.1.0\n',
      'push registry.example.com/agentworkloads/operator:2.0.0\n',
    ],
    [KUSTOMIZATION, KUSTOMIZATION.replaceAll('0.1.0', '2.0.0')],
  ])('takes the place of the one in %j', (text, expected) => {
    expect(withVersion(text, '2.0.0')).toBe(expected);
  });

  it.each([
    'image: docker.io/library/postgres:15.14-bookworm',
    'image: docker.io/openpolicyagent/opa:1.22.2-static',
    'version: v1alpha1',
    'ARG NODE_VERSION=24.1.0',
    'name: agentworkloads/agents',
  ])('leaves %j alone', text => {
    expect(withVersion(text, '2.0.0')).toBe(text);
  });

  it('is found in every file that names one of our images', async () => {
    const files = new Map(await versionedFiles(process.cwd(), '2.0.0'));
    for (const file of [
      'deploy/argo/kustomization.yaml',
      'deploy/operator/deployment.yaml',
      'deploy/shared-services/egress-proxy.yaml',
      'operator/Dockerfile',
      'docs/install.md',
      'scripts/setup-kind.sh',
      '.ci/cluster',
    ]) {
      const text = await readFile(file, 'utf8');
      expect(files.get(file)).not.toBe(text);
      expect(files.get(file)).toContain('2.0.0');
    }
  });
});
