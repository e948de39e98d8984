import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** What this portal calls the pages of Backstage, in its menu and in the tab of the browser. */
export const navTranslationRef = createTranslationRef({
  id: 'portal.nav',
  messages: {
    menu: 'Menu',
    home: 'Home',
    catalog: 'Catalog',
    create: 'Create',
    runs: 'Runs',
    search: 'Search',
    notifications: 'Notifications',
    settings: 'Settings',
  },
  translations: {
    de: async () => ({
      default: {
        menu: 'Menü',
        home: 'Start',
        catalog: 'Katalog',
        create: 'Erstellen',
        runs: 'Läufe',
        search: 'Suche',
        notifications: 'Mitteilungen',
        settings: 'Einstellungen',
      },
    }),
  },
});

const PAGES = [
  'home',
  'catalog',
  'create',
  'search',
  'notifications',
  'settings',
] as const;
export type NavPage = (typeof PAGES)[number];

/** @returns undefined for a page that is none of Backstage's own, or that has a name of its own: an entity, a form */
export function pageAt(path: string): NavPage | undefined {
  const [, first = '', second = ''] = path.split('/');
  const page = PAGES.find(one => one === (first || 'home'));
  const isNamed = ['catalog', 'create'].includes(first) && second !== '';
  return isNamed ? undefined : page;
}
