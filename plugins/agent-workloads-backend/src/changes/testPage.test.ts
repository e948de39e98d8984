import { Readable } from 'node:stream';
import { sha256Of } from '../artifacts/verified';
import type { StoredChange } from './ChangeLog';
import { testPageOf } from './testPage';

const KEY = 'runs/agentworkloads/wf-2/scrape/manifest.json';

/** A change of a run whose list of saved pages is these bytes, as the operator recorded them. */
function changeOfRun(list: Buffer): StoredChange {
  return {
    at: { completedAt: 0, runId: 1, position: 0 },
    run: {
      namespace: 'agentworkloads',
      workflowUid: 'wf-2',
      manifest: { bucket: 'b', key: KEY, sha256: sha256Of(list) },
    },
    columns: {
      position: 0,
      url: 'https://a.example/',
      before: null,
      after: null,
      attributes: null,
      before_proof: null,
      after_proof: null,
      since: null,
      suspect: null,
    },
    marks: {},
  } as unknown as StoredChange;
}

const storeOf = (bytes: Buffer) =>
  ({
    bucket: 'b',
    stat: async () => ({ size: bytes.length }),
    read: async () => Readable.from([bytes]),
  } as never);

describe('the test page of a change', () => {
  it.each([
    ['no JSON', 'half a li'],
    ['JSON of something else', '{"pages":"none"}'],
  ])('says that the list of what was saved is %s', async (_, text) => {
    const list = Buffer.from(text);
    await expect(
      testPageOf(storeOf(list), changeOfRun(list), async () => undefined),
    ).rejects.toThrow(
      /Of the run: the list of what it saved can not be read\./,
    );
  });
});
