import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Pages of Backstage that leave the browser's tab with the name of the app alone. */
const TITLES: Readonly<Record<string, string>> = {
  '': 'Home',
  home: 'Home',
  catalog: 'Catalog',
  create: 'Create',
  search: 'Search',
  notifications: 'Notifications',
  settings: 'Settings',
};
/** How many notifications are unread, as their plugin puts it before a title. */
const COUNTER = /^\(\d+\)\s*/;

/** @returns undefined where the page names itself */
export function tabTitle(path: string, app: string): string | undefined {
  const [, first = '', second = ''] = path.split('/');
  // An entity and a form have names of their own.
  const isNamed = ['catalog', 'create'].includes(first) && second !== '';
  const title = isNamed ? undefined : TITLES[first];
  return title && `${title} | ${app}`;
}

/** The title as it is to be, where it is the app's name alone; what a page says of itself stays, and so does the counter. */
export function named(current: string, title: string, app: string): string {
  const counter = COUNTER.exec(current)?.[0] ?? '';
  const says = current.slice(counter.length).trim();
  return says === app || says === '' ? `${counter}${title}` : current;
}

/** Names the tab of Backstage's own pages, which take it back to the app's name once they are there. */
export function useTabTitle(): void {
  const app =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Agent Workloads';
  const { pathname } = useLocation();
  const title = tabTitle(pathname, app);
  useEffect(() => {
    if (!title) return undefined;
    const name = () => {
      const wanted = named(document.title, title, app);
      if (document.title !== wanted) document.title = wanted;
    };
    // The page before may have left its own.
    document.title = title;
    const renamed = new MutationObserver(name);
    renamed.observe(document.head, { subtree: true, childList: true });
    return () => {
      renamed.disconnect();
      document.title = app;
    };
  }, [title, app]);
}
