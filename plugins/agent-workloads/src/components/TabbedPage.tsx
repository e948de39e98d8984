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

interface Tabs {
  title: string;
  icon: JSX.Element;
  pages: readonly SubPage[];
}

function Tabbed(props: Tabs) {
  const { pages } = props;
  const titleOf = useTitleOf();
  const gatesLabel = useGatesLabel();
  const titleLink = useRouteRef(rootRouteRef)?.();
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions('agent-workloads');
  return (
    <PageLayout
      title={props.title}
      icon={props.icon}
      titleLink={titleLink}
      tabs={pages.map(page => ({
        id: page.path,
        label: page.title === 'Gates' ? gatesLabel : titleOf(page),
        href: page.path,
      }))}
      headerActions={headerActions}
    >
      <Routes>
        {pages.length > 0 && (
          <Route index element={<Navigate to={pages[0].path} replace />} />
        )}
        {pages.map(page => (
          <Route
            key={page.path}
            path={`${page.path}/*`}
            element={
              <BreadcrumbEntry
                entry={{ label: titleOf(page), href: page.path }}
              >
                {page.element}
              </BreadcrumbEntry>
            }
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
