import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PAGE_FILES, pageKey } from '@agentworkloads/api';
import { Ground } from '../harness/ground';
import { eventually, Run, sleep } from '../harness/runs';
import { pricingPage, Site } from '../harness/site';

const PAGES = ['/a', '/b', '/c'];

describe('services that are away for a while', () => {
  let ground: Ground;
  let site: Site;

  beforeAll(async () => {
    site = await Site.start({
      '/a': pricingPage('Alpha pricing', {
        Basic: '$9 / month',
        Pro: '$29 / month',
      }),
      '/b': pricingPage('Beta pricing', {
        Solo: '€5 per month',
        Team: '€15 per month',
      }),
      '/c': pricingPage('Gamma pricing', {
        Start: '£7 / month',
        Grow: '£70 / month',
      }),
    });
    ground = await Ground.start('services-away', {
      egressAllow: [site.hostPort],
    });
  }, 180_000);
  afterAll(async () => {
    await ground?.stop();
    await site?.stop();
  }, 60_000);

  /** Those of which the record is in the storage; it is written last. */
  async function pagesSaved(run: Run): Promise<string[]> {
    const { metadata, status } = await run.workload();
    const workflowUid = status?.argoWorkflow?.uid;
    if (!workflowUid) return [];
    const place = { namespace: metadata.namespace, workflowUid };
    const found = await Promise.all(
      PAGES.map(page => {
        const sha256 = createHash('sha256')
          .update(site.url(page))
          .digest('hex');
        return ground.object(pageKey(place, sha256, PAGE_FILES.page)).then(
          () => [page],
          () => [],
        );
      }),
    );
    return found.flat();
  }

  it('completes after 60 s without S3 and PostgreSQL, and visits no saved page twice', async () => {
    const run = await Run.start(ground.kube, 'competitor-scrape', {
      spec: { targetUrls: PAGES.map(page => site.url(page)) },
    });
    // The pages of one host are visited one after the other: others are still to come.
    const saved = await eventually('the first saved page', async () => {
      const found = await pagesSaved(run);
      return found.length > 0 && found;
    });
    ground.signal('s3', 'SIGSTOP');
    ground.signal('postgres', 'SIGSTOP');
    await sleep(60_000);
    ground.signal('s3', 'SIGCONT');
    ground.signal('postgres', 'SIGCONT');
    await run.until('AwaitingApproval', 240_000);
    await run.decide('approve');
    await run.until('Completed');
    const report = await run.report(ground);
    expect(await ground.unproven(report)).toEqual([]);
    expect(report.notObserved).toEqual([]);
    const prices = report.facts
      .filter(fact => fact.kind === 'price')
      .map(fact => fact.value);
    expect(prices).toEqual(expect.arrayContaining([9, 29, 5, 15, 7, 70]));
    for (const page of saved) expect(site.visits.get(page)).toHaveLength(1);
    // The visit that the report tells of is the last one: nothing was visited after it was saved.
    const visitedLater = report.pages.filter(page => {
      const last = Math.max(
        ...(site.visits.get(new URL(page.url).pathname) ?? []),
      );
      return last > Date.parse(page.fetchedAt ?? '') + 20_000;
    });
    expect(visitedLater).toEqual([]);
  }, 400_000);
});
