import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../api';

export interface LogState {
  text: string;
  state: 'loading' | 'following' | 'ended' | 'failed';
  error?: unknown;
}

const RETRY_MS = 2_000;

/**
 * The log of a step: followed while the step runs, and taken up again when the connection breaks.
 *
 * @param pod a retried step has another pod, and its log begins anew
 */
export function useLog(
  ref: RunRef,
  step: string,
  follow: boolean,
  pod?: string,
): LogState {
  const api = useApi(agentWorkloadsApiRef);
  const [log, setLog] = useState<LogState>({ text: '', state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const { cluster, namespace, name } = ref;
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const response = await api.openLog({ cluster, namespace, name }, step, {
        follow,
        signal: abort.signal,
      });
      const reader = response.body?.getReader();
      if (!reader) {
        setLog({ text: await response.text(), state: 'ended' });
        return;
      }
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        text += decoder.decode(value, { stream: !done });
        setLog({ text, state: done ? 'ended' : 'following' });
        if (done) {
          return;
        }
      }
    };
    setLog(last => ({ text: last.text, state: 'loading' }));
    read().catch(error => {
      if (abort.signal.aborted) {
        return;
      }
      setLog(last => ({ text: last.text, state: 'failed', error }));
      if (follow) {
        timer = setTimeout(() => setAttempt(count => count + 1), RETRY_MS);
      }
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, cluster, namespace, name, step, follow, pod, attempt]);
  return log;
}
