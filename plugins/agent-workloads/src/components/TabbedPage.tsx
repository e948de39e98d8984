import { useMemo } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import {
  BreadcrumbEntry,
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { WithQueries } from '../hooks/queries';
import { useGatesLabel } from '../hooks/useGatesLabel';
import { rootRouteRef } from '../routes';
import { useWords } from '../translation/words';
import { NoSuchPage } from './NoSuchPage';

/** Where a sub-page lies, and how it is called there: by the plugin itself in English, or by the app's configuration. */
export interface SubPage {
  path: string;
  title?: string;
  element: JSX.Element;
}

const OWN_TITLES = {
  Runs: 'common.nav.runs',
  Gates: 'common.nav.gates',
  Changes: 'common.nav.changes',
  Schedules: 'common.nav.schedules',
} as const;

function useTitleOf(): (page: SubPage) => string {
  const { t } = useWords();
  return ({ title, path }) => {
    const own = title && OWN_TITLES[title as keyof typeof OWN_TITLES];
    return own ? t(own) : title ?? path;
  };
}

function TabTitle({ page }: { page: SubPage }) {
  const titleOf = useTitleOf();
  return <>{titleOf(page)}</>;
}

function GatesTitle() {
  return <>{useGatesLabel()}</>;
}

/** Backstage draws whatever stands there, and calls it text. */
const labelOf = (page: SubPage): string =>
  (page.title === 'Gates' ? (
    <GatesTitle />
  ) : (
    <TabTitle page={page} />
  )) as unknown as string;

function Crumb(props: { page: SubPage }) {
  const { page } = props;
  const titleOf = useTitleOf();
  return (
    <BreadcrumbEntry entry={{ label: titleOf(page), href: page.path }}>
      {page.element}
    </BreadcrumbEntry>
  );
}

interface Tabs {
  title: string;
  icon: JSX.Element;
  pages: readonly SubPage[];
}

function Tabbed({ title, icon, pages }: Tabs) {
  const titleLink = useRouteRef(rootRouteRef)?.();
  const headers = useApi(pluginHeaderActionsApiRef);
  // Backstage makes a page's layout anew whenever it is drawn again, and with it all that is on the page: what somebody has written would be
  // gone. So it is drawn once, and what changes in it changes by itself.
  return useMemo(
    () => (
      <PageLayout
        title={title}
        icon={icon}
        titleLink={titleLink}
        tabs={pages.map(page => ({
          id: page.path,
          label: labelOf(page),
          href: page.path,
        }))}
        headerActions={headers.getPluginHeaderActions('agent-workloads')}
      >
        <Routes>
          {pages.length > 0 && (
            <Route index element={<Navigate to={pages[0].path} replace />} />
          )}
          {pages.map(page => (
            <Route
              key={page.path}
              path={`${page.path}/*`}
              element={<Crumb page={page} />}
            />
          ))}
          <Route
            path="*"
            element={
              <main>
                <NoSuchPage />
              </main>
            }
          />
        </Routes>
      </PageLayout>
    ),
    [title, icon, pages, titleLink, headers],
  );
}

/** As Backstage's own page of sub-pages, whose titles know one language only, and no number of what waits. */
export function TabbedPage(props: Tabs) {
  return (
    <WithQueries>
      <Tabbed {...props} />
    </WithQueries>
  );
}
