import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CreateRunRequest,
  PageCheck,
  StartCheck,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef, type AgentWorkloadsApi } from '../api';
import { batchesOf, whyNoneIsChecked } from '../lib/launchCheck';

/** What is known so far of a run that is not made yet. */
export interface LaunchCheck {
  state: 'none' | 'going' | 'done' | 'stopped' | 'failed';
  /** Of what form it tells. */
  request?: CreateRunRequest;
  start?: StartCheck;
  pages: PageCheck[];
  error?: unknown;
}

const NONE: LaunchCheck = { state: 'none', pages: [] };

/** Asks for the run first, then for its pages, a few sites at a time. */
async function check(
  api: AgentWorkloadsApi,
  request: CreateRunRequest,
  signal: AbortSignal,
  tell: (known: Pick<LaunchCheck, 'start'> & { pages: PageCheck[] }) => void,
): Promise<void> {
  const { targetUrls, follow } = request.spec;
  const start = await api.checkStart(request, signal);
  let pages: PageCheck[] = [];
  tell({ start, pages });
  const batches = batchesOf(targetUrls);
  for (const [index, urls] of batches.entries()) {
    const { items } = await api.checkPages(
      { targetUrls: urls, follow },
      signal,
    );
    pages = [...pages, ...items];
    const why = whyNoneIsChecked(items);
    if (why) {
      const rest = batches.slice(index + 1).flat();
      pages = [
        ...pages,
        ...rest.map(url => ({ url, outcome: 'notChecked' as const, why })),
      ];
    }
    tell({ start, pages });
    if (why) return;
  }
}

/** A check that a person starts, may stop, and that ends when they leave. */
export function useLaunchCheck() {
  const api = useApi(agentWorkloadsApiRef);
  const [known, setKnown] = useState<LaunchCheck>(NONE);
  const ending = useRef<AbortController>();
  useEffect(() => () => ending.current?.abort(), []);
  return {
    known,
    begin: (request: CreateRunRequest): void => {
      ending.current?.abort();
      const { signal } = (ending.current = new AbortController());
      const show = (next: (last: LaunchCheck) => LaunchCheck) =>
        signal.aborted || setKnown(next);
      setKnown({ state: 'going', request, pages: [] });
      check(api, request, signal, told =>
        show(last => ({ ...last, ...told })),
      ).then(
        () => show(last => ({ ...last, state: 'done' })),
        error => show(last => ({ ...last, state: 'failed', error })),
      );
    },
    stop: (): void => {
      ending.current?.abort();
      setKnown(last => ({ ...last, state: 'stopped' }));
    },
  };
}
