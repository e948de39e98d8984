import { describe, expect, it } from '@jest/globals';
import { runSummarySchema, type PageRecord } from '@agentic/api';
import { bundleOf, twoCards } from '../../../test/bundles';
import { extractFacts } from '../facts/extract-facts';
import { MAX_SUMMARY_BYTES, summarize } from './summary';

const pageOf = (url: string, reason?: PageRecord['reason']): PageRecord => ({
  ...bundleOf([], { url }).page,
  finalUrl: url,
  reason,
});

describe('the summary for the gate', () => {
  it('counts pages, facts and hosts', () => {
    const bundle = bundleOf(twoCards());
    const summary = summarize(
      [bundle.page, pageOf('https://b.example/', 'TIMEOUT')],
      extractFacts(bundle),
      [],
      false,
    );
    expect(summary).toMatchObject({
      pages: 2,
      observed: 1,
      notObservedTotal: 1,
      notObserved: [{ url: 'https://b.example/', reason: 'TIMEOUT' }],
      hosts: ['acme.example', 'b.example'],
      byKind: { plan: 2, price: 2 },
    });
  });

  it('is at most 4 KiB, whatever the URLs are', () => {
    const pages = Array.from({ length: 500 }, (_, i) =>
      pageOf(
        `https://${'ü'.repeat(60)}${i}.example/${'漢'.repeat(300)}`,
        'DNS_FAILED',
      ),
    );
    const summary = summarize(pages, [], [], true);
    runSummarySchema.parse(summary);
    expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThanOrEqual(
      MAX_SUMMARY_BYTES,
    );
    expect(summary.notObservedTotal).toBe(500);
  });

  it('survives a URL that is none', () => {
    expect(summarize([pageOf('::')], [], [], false).hosts).toEqual([]);
  });
});
