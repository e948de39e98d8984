import { useEffect, useRef } from 'react';
import { matchPath, useLocation } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { DEFAULT_TEMPLATE } from '@agentworkloads/api';
import { newScrapeRouteRef, taskRouteRef } from '../../routes';
import { LeadOn } from './LeadOn';
import { useKeptFocus } from './useKeptFocus';

const ANY = 'any-task';

/** The path of the form for a new scrape, and what a path says of a task; without a scaffolder neither is there. */
function useFormPlaces(): {
  form?: string;
  taskIn: (path: string) => string | undefined;
} {
  const form = useRouteRef(newScrapeRouteRef)?.({
    namespace: 'default',
    templateName: DEFAULT_TEMPLATE,
  });
  const task = useRouteRef(taskRouteRef)?.({ taskId: ANY });
  return {
    form,
    taskIn: path =>
      task
        ? matchPath(task.replace(ANY, ':taskId'), path)?.params.taskId
        : undefined,
  };
}

function KeptFocus() {
  useKeptFocus();
  return null;
}

/**
 * Goes with the form for a new scrape, whose pages are the scaffolder's: keeps the focus in it from step to step, and leads from the
 * task that it started to the run.
 */
export function FormCompanion() {
  const { pathname } = useLocation();
  const { form, taskIn } = useFormPlaces();
  const isForm = form !== undefined && pathname === form;
  const taskId = taskIn(pathname);
  // Whoever opens a task by its address, or from the list of tasks, wants to see that.
  const cameFromForm = useRef(false);
  useEffect(() => {
    cameFromForm.current = isForm;
  }, [isForm, pathname]);
  const leads = useRef<string>();
  if (taskId && cameFromForm.current) leads.current = taskId;
  return (
    <>
      {isForm && <KeptFocus />}
      {taskId && leads.current === taskId && <LeadOn taskId={taskId} />}
    </>
  );
}
