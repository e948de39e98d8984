import { useEffect } from 'react';
import { useNavigate } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useTaskEventStream } from '@backstage/plugin-scaffolder-react';
import { rootRouteRef } from '../../routes';

/** Goes on to what a task has made, once it has; of a task that failed the scaffolder's own page tells. */
export function LeadOn({ taskId }: { taskId: string }) {
  const { completed, error, output } = useTaskEventStream(taskId);
  const root = useRouteRef(rootRouteRef)?.();
  const navigate = useNavigate();
  const made = output?.links
    ?.map(({ url }) => url)
    .find(url => root !== undefined && url?.startsWith(`${root}/`));
  const target = completed && !error ? made : undefined;
  useEffect(() => {
    // In its place: the way back leads to the form.
    if (target) navigate(target, { replace: true });
  }, [navigate, target]);
  return null;
}
