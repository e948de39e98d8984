import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { navTranslationRef, pageAt } from './words';

/** How many notifications are unread, as their plugin puts it before a title. */
const COUNTER = /^\(\d+\)\s*/;

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
  const { t } = useTranslationRef(navTranslationRef);
  const page = pageAt(pathname);
  const title = page && `${t(page)} | ${app}`;
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
