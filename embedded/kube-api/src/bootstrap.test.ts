import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifests } from './bootstrap';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'manifests-'));
  mkdirSync(join(dir, 'below'));
  const write = (name: string, text: string) =>
    writeFileSync(join(dir, name), text);
  write('a.yaml', 'apiVersion: v1\nkind: ConfigMap\n---\n# empty\n---\n');
  write('below/z.json', '{"apiVersion":"v1","kind":"Namespace"}');
  write('kustomization.yaml', 'resources: []\n');
  write('notes.txt', 'not read');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('readManifests', () => {
  it('reads every document and puts first what others lean on', () => {
    expect(readManifests([dir]).map(({ kind }) => kind)).toEqual([
      'Namespace',
      'ConfigMap',
    ]);
  });

  it('names the file that is wrong', () => {
    const path = join(dir, 'wrong.txt');
    writeFileSync(path, 'a: 1\n');
    expect(() => readManifests([path])).toThrow(
      'wrong.txt: a document has no apiVersion or kind',
    );
    writeFileSync(path, 'a: [\n');
    expect(() => readManifests([path])).toThrow('wrong.txt');
  });
});
