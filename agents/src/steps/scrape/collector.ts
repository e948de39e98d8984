import type { Collector } from '@agentworkloads/api';

/**
 * What reads a page, as each bundle records it. An ability is added here with the code that brings it; `version` goes up when the same
 * ability reads the same page in another way.
 */
export const COLLECTOR: Collector = {
  version: 3,
  abilities: [
    'open-shadow-roots',
    'frames-of-the-same-origin',
    'scrolled-into-view',
    'main-content',
    'switch-states',
    'switches-by-name',
    'frames-of-other-origins',
    'scrolled-while-growing',
    'lists-of-what-is-in-sight',
    'content-after-a-pause',
    'part-of-very-long-pages',
    'consent-layers-refused',
  ],
};
