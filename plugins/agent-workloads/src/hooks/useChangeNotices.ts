import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  SIGNAL_CHANNEL,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** Notices come in bursts (a run that starts makes a dozen); one refetch answers them all. */
const GATHER_MS = 250;
const POLL_WITHOUT_SIGNALS_MS = 5_000;
/** A socket can be down without anybody saying so: signals that are dropped are not sent again. */
const POLL_WITH_SIGNALS_MS = 15_000;

/**
 * Refetches the query when the backend says that a run changed. Subscribes itself, for
 * `useSignal` keeps the last message only and loses those that come together.
 *
 * @param ref only notices of this run count; all when absent
 * @returns the interval in milliseconds at which to poll besides
 */
export function useChangeNotices(
  queryKey: readonly string[],
  ref?: RunRef,
): number {
  const queries = useQueryClient();
  const signals = useApiHolder().get(signalApiRef);
  const key = JSON.stringify(queryKey);
  const wanted = ref && `${ref.cluster}/${ref.namespace}/${ref.name}`;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = signals?.subscribe(SIGNAL_CHANNEL, message => {
      const changed = `${message.cluster}/${message.namespace}/${message.name}`;
      if ((wanted && wanted !== changed) || timer) {
        return;
      }
      timer = setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: JSON.parse(key) });
      }, GATHER_MS);
    });
    return () => {
      subscription?.unsubscribe();
      clearTimeout(timer);
    };
  }, [signals, queries, key, wanted]);
  return signals ? POLL_WITH_SIGNALS_MS : POLL_WITHOUT_SIGNALS_MS;
}
