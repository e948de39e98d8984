import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../../../test/support/harness';
import { startEgress } from '../../../test/support/egress';
import { startSite } from '../../../test/support/site';
import { scrapeStep } from './step';

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.close());

describe('scrape', () => {
  it('saves the bundle of a page and says so in the manifest', async () => {
    const site = await startSite({
      '/robots.txt': (_q, r) => void r.writeHead(404).end(),
      '/pricing':
        '<html lang="en"><title>Plans</title><body><h1>Plans</h1><p>Pro <b>$49</b>/month</p></body></html>',
    });
    const egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
    const run = await startRun(ground, {
      urls: [`${site.origin}/pricing`],
      egressUrl: egress.url,
    });
    await run.run(anyStep(scrapeStep));
    const manifest = await run.manifest();
    expect(manifest.pages[0]).toMatchObject({
      status: 200,
      title: 'Plans',
      lang: 'en',
    });
    expect(await ground.s3.text(manifest.pages[0].textKey!)).toBe(
      'Plans\nPro $49/month',
    );
    console.log(
      site.hits,
      run.logLines.join(''),
      JSON.stringify(manifest, null, 1),
    );
    await Promise.all([site.close(), egress.close(), run.close()]);
  });
});
