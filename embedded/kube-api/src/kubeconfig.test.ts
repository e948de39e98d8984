import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ensureCertificate } from './certificates';
import { writeKubeconfig } from './kubeconfig';

describe('the kubeconfig', () => {
  it('has everything inside and is for its owner only', () => {
    const dir = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    try {
      const path = join(dir, 'deep', 'kubeconfig');
      const input = { url: 'https://127.0.0.1:1', caPem: 'CA', token: 't' };
      writeKubeconfig(path, input);
      writeKubeconfig(path, input);
      expect(parse(readFileSync(path, 'utf8'))).toMatchObject({
        clusters: [
          {
            cluster: {
              server: input.url,
              'certificate-authority-data': 'Q0E=',
            },
          },
        ],
        users: [{ user: { token: 't' } }],
        contexts: [{ context: { namespace: 'agentworkloads' } }],
      });
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(readdirSync(join(dir, 'deep'))).toEqual(['kubeconfig']);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('the certificate', () => {
  it('is kept, and made anew before it ends', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'certificate-'));
    try {
      const now = new Date('2026-01-01T00:00:00Z');
      const first = await ensureCertificate(dir, now);
      expect(await ensureCertificate(dir, now)).toEqual(first);
      const later = new Date('2035-12-20T00:00:00Z');
      const second = await ensureCertificate(dir, later);
      expect(second.caPem).not.toBe(first.caPem);
      expect(statSync(join(dir, 'server.key')).mode & 0o077).toBe(0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
