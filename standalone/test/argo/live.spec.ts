import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cases, decided, type Shown } from './cases.mjs';
import { playOnCluster } from './play.mjs';

/** Of the cluster that KUBECONFIG names; `npm run e2e:cluster -- argo` runs this. */
describe('Argo does today what was recorded of it with', () => {
  let recorded: Record<string, Shown>;
  let played: Record<string, Shown>;

  beforeAll(async () => {
    const file = new URL('recorded.json', import.meta.url);
    recorded = JSON.parse(await readFile(file, 'utf8'));
    played = await playOnCluster(
      `engine-conformance-${randomBytes(3).toString('hex')}`,
    );
  }, 360_000);

  it.each(Object.keys(cases))('%s', name => {
    expect(decided(name, played[name])).toEqual(decided(name, recorded[name]));
  });

  it('nothing else', () => {
    expect(Object.keys(recorded)).toEqual(Object.keys(cases).sort());
  });
});
