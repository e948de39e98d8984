import { describe, expect, it } from '@jest/globals';
import { runSummarySchema, type PageRecord } from '@agentworkloads/api';
import { bundleOf, twoCards } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { MAX_SUMMARY_BYTES, summarize, type RunComparison } from './summary';

const FIRST_RUN: RunComparison = {
  comparedWith: { reason: 'FIRST_RUN' },
  changes: [],
  notCompared: [],
};

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
      FIRST_RUN,
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

  it.each([
    ['on', [true, true]],
    ['off', [true, false]],
    ['unknown', [true, undefined]],
    ['unknown', [undefined]],
    ['unknown', []],
  ])('says whether the browser had its sandbox: %s', (told, known) => {
    const pages = known.map((sandboxed, index) => ({
      ...pageOf(`https://${index}.example/`),
      sandboxed,
    }));
    expect(summarize(pages, [], FIRST_RUN, false).browserSandbox).toBe(told);
  });

  it('has no number of changes where nothing was compared', () => {
    const summary = summarize([], [], FIRST_RUN, false);
    expect(summary.notComparedReason).toBe('FIRST_RUN');
    expect(summary).not.toHaveProperty('changes');
    expect(summary).not.toHaveProperty('compared');
    expect(summary).not.toHaveProperty('largestPriceChange');
  });

  it('says that the earlier run’s values over time are lost, and nothing where they are not', () => {
    const told = (comparedWith: RunComparison['comparedWith']) =>
      summarize([], [], { comparedWith, changes: [], notCompared: [] }, false);
    expect(told({ valuesLost: true })).toMatchObject({
      changes: 0,
      valuesLost: true,
    });
    expect(told({})).not.toHaveProperty('valuesLost');
  });

  it('counts changes by kind where pages were compared', () => {
    const change = { subject: 'Team', url: 'https://a.example/' };
    const summary = summarize(
      [],
      [],
      {
        comparedWith: {},
        changes: [
          { ...change, kind: 'removed', factKind: 'price' },
          { ...change, kind: 'added', factKind: 'plan' },
        ],
        notCompared: [],
      },
      false,
    );
    expect(summary).toMatchObject({
      changes: 2,
      compared: { price: 1, plan: 1, terms: 0, other: 0, notCompared: 0 },
    });
    expect(summary).not.toHaveProperty('notComparedReason');
    expect(
      summarize(
        [],
        [],
        { comparedWith: {}, changes: [], notCompared: [] },
        false,
      ).changes,
    ).toBe(0);
  });

  it('is at most 4 KiB, whatever the URLs are', () => {
    const pages = Array.from({ length: 500 }, (_, i) =>
      pageOf(
        `https://${'ü'.repeat(60)}${i}.example/${'漢'.repeat(300)}`,
        'DNS_FAILED',
      ),
    );
    const summary = summarize(pages, [], FIRST_RUN, true);
    runSummarySchema.parse(summary);
    expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThanOrEqual(
      MAX_SUMMARY_BYTES,
    );
    expect(summary.notObservedTotal).toBe(500);
  });

  it('names every host that a page led to, those of no target first', () => {
    const summary = summarize(
      [
        {
          ...pageOf('https://a.example/'),
          finalUrl: 'https://z.example:8443/',
          redirects: ['https://a.example/', 'http://hop.example/x'],
        },
        pageOf('https://b.example/'),
      ],
      [],
      FIRST_RUN,
      false,
    );
    expect(summary.hosts).toEqual([
      'hop.example',
      'z.example:8443',
      'a.example',
      'b.example',
    ]);
    expect(summary.hostsComplete).toBe(true);
  });

  it('judges where the second look at a page led to, and whether it had its sandbox', () => {
    const page = { ...pageOf('https://a.example/'), sandboxed: true };
    const secondLook = {
      ...page,
      finalUrl: 'https://judged.example/',
      sandboxed: false,
    };
    const summary = summarize([{ ...page, secondLook }], [], FIRST_RUN, false);
    expect(summary.hosts).toEqual(['judged.example', 'a.example']);
    expect(summary.browserSandbox).toBe('off');
    expect(summary.pages).toBe(1);
  });

  it('names the pages that were followed, and judges their hosts as led to', () => {
    const from = 'https://z.example/';
    const pages = [
      pageOf(from),
      { ...pageOf('https://shop.z.example/plans'), followedFrom: from },
    ];
    const summary = summarize(pages, [], FIRST_RUN, false);
    expect(summary.followed).toEqual(['https://shop.z.example/plans']);
    expect(summary.followedTotal).toBe(1);
    expect(summary.hosts[0]).toBe('shop.z.example');
    const many = Array.from({ length: 300 }, (_, i) => ({
      ...pageOf(`https://number-${i}.example/${'x'.repeat(300)}`),
      followedFrom: from,
    }));
    const cut = summarize(many, [], FIRST_RUN, false);
    expect(JSON.stringify(cut).length).toBeLessThanOrEqual(4096);
    expect(cut.followedTotal).toBe(300);
    expect(summarize([pageOf(from)], [], FIRST_RUN, false)).not.toHaveProperty(
      'followed',
    );
  });

  it('leaves out targets before it leaves out what nobody has judged', () => {
    const targets = Array.from({ length: 300 }, (_, i) =>
      pageOf(`https://target-number-${i}.example/`),
    );
    const moved = {
      ...pageOf('https://target-number-0.example/'),
      finalUrl: 'https://elsewhere.example/',
    };
    const summary = summarize([...targets, moved], [], FIRST_RUN, false);
    expect(summary.hosts[0]).toBe('elsewhere.example');
    expect(summary.hosts.length).toBeLessThan(301);
    expect(summary.hostsComplete).toBe(true);
  });

  it('says so where a host that no target has can not be told', () => {
    const long = `${'a'.repeat(60)}.`.repeat(6);
    const pages = [
      Array.from({ length: 200 }, (_, i) => ({
        ...pageOf(`https://a.example/${i}`),
        finalUrl: `https://number-${i}.elsewhere.example/`,
      })),
      [
        {
          ...pageOf('https://a.example/'),
          redirects: [`https://${long}denied.example/`],
        },
      ],
    ];
    for (const each of pages) {
      expect(summarize(each, [], FIRST_RUN, false).hostsComplete).toBe(false);
    }
  });

  it('survives a URL that is none', () => {
    expect(summarize([pageOf('::')], [], FIRST_RUN, false).hosts).toEqual([]);
  });
});
