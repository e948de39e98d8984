import { useEffect, useRef, useState } from 'react';
import { matchPath, useLocation } from 'react-router-dom';
import { routeResolutionApiRef, useApi } from '@backstage/frontend-plugin-api';
import { DEFAULT_TEMPLATE } from '@agentworkloads/api';
import { newScrapeRouteRef, taskRouteRef } from '../../routes';
import { useDocumentTitle } from '../../hooks/useDocumentTitle';
import { useWords } from '../../translation/words';
import { LeadOn } from './LeadOn';
import { useKeptFocus } from './useKeptFocus';

const ANY = 'any-task';

const LOOKS = 60;
const BETWEEN_MS = 500;

/** Where the form for a new scrape is, and how the address of a task looks. */
interface Places {
  form: string;
  task: string;
}

/**
 * Undefined while they are not known. What stands at the root of an app is drawn before the app knows its routes, and is not drawn anew
 * then; without a scaffolder they are never known.
 */
function usePlaces(): Places | undefined {
  const routes = useApi(routeResolutionApiRef);
  const [places, setPlaces] = useState<Places>();
  useEffect(() => {
    let looks = 0;
    let timer = 0;
    const look = () => {
      const form = routes.resolve(newScrapeRouteRef)?.({
        namespace: 'default',
        templateName: DEFAULT_TEMPLATE,
      });
      const task = routes.resolve(taskRouteRef)?.({ taskId: ANY });
      looks += 1;
      if (form && task) setPlaces({ form, task });
      else if (looks < LOOKS) timer = window.setTimeout(look, BETWEEN_MS);
    };
    look();
    return () => clearTimeout(timer);
  }, [routes]);
  return places;
}

function OfForm() {
  const { t } = useWords();
  useKeptFocus();
  useDocumentTitle(
    t('common.pageTitle', {
      page: t('common.newScrape'),
      title: t('common.nav.title'),
    }),
  );
  return null;
}

/**
 * Goes with the form for a new scrape, whose pages are the scaffolder's: names the browser's tab, keeps the focus in it from step to
 * step, and leads from the task that it started to the run.
 */
export function FormCompanion() {
  const { pathname } = useLocation();
  const places = usePlaces();
  const isForm = places !== undefined && pathname === places.form;
  const taskId =
    places &&
    matchPath(places.task.replace(ANY, ':taskId'), pathname)?.params.taskId;
  // Whoever opens a task by its address, or from the list of tasks, wants to see that.
  const cameFromForm = useRef(false);
  useEffect(() => {
    cameFromForm.current = isForm;
  }, [isForm, pathname]);
  const leads = useRef<string>();
  if (taskId && cameFromForm.current) leads.current = taskId;
  return (
    <>
      {isForm && <OfForm />}
      {taskId && leads.current === taskId && <LeadOn taskId={taskId} />}
    </>
  );
}
