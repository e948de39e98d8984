import { each, html, raw } from '../html';
import type { Site } from '../site';
import { cloudharbor } from './cloudharbor';
import { metricly } from './metricly';
import { MORE_PAGES, metriclyShop } from './metricly-more';
import { tidepool } from './tidepool';

export const COMPETITORS: readonly Site[] = [
  tidepool,
  cloudharbor,
  { ...metricly, pages: { ...metricly.pages, ...MORE_PAGES } },
];

/** All that is served: the competitors, and the hosts that their pages bring in. */
export const SITES: readonly Site[] = [...COMPETITORS, metriclyShop];

/** What this machine's own names get: the list of the competitors. `port` is that of the request. */
export function createIndexSite(port: string): Site {
  return {
    ...tidepool,
    id: 'index',
    name: 'Demo competitors',
    tagline: '',
    nav: [],
    navCta: 'Start',
    logo: raw(''),
    pages: {
      '/': () => ({
        title: 'Demo competitors',
        description: 'Three invented companies to scrape.',
        body: html`<section class="hero">
          <div class="wrap">
            <h1>Three invented competitors</h1>
            <p class="lead">
              Each has four versions and moves to its next one when a run that
              visited it is completed. POST {"version": 1} to /__demo/version
              pins all of them to a version, {"pinned": false} lets them go.
            </p>
            <div class="grid three">
              ${each(
                COMPETITORS,
                site => html`<div class="tile">
                  <h3>
                    <a href="http://${site.id}.localhost:${port}/pricing"
                      >${site.name}</a
                    >
                  </h3>
                  <p>${site.tagline}</p>
                </div>`,
              )}
            </div>
            <p class="lead">
              Of other kinds:
              ${each(
                [
                  ['teams', 'prices behind a switch'],
                  ['services', 'ranges'],
                  ['partners', 'a table in a frame of another host'],
                  ['agencies', 'a consent layer over the page'],
                ],
                ([path, what]) => html`<a
                  href="http://metricly.localhost:${port}/${path}"
                  >${what}</a
                > `,
              )}
            </p>
          </div>
        </section>`,
      }),
    },
  };
}
