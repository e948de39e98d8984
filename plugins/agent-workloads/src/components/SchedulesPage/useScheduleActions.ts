import { useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { useShowSchedule } from '../../hooks/queries';
import { randomKey } from '../../lib/randomKey';
import { useWords } from '../../translation/words';

export type ScheduleAction = 'run' | 'suspend' | 'resume';

/** What was done last, for the sentence that says so. */
export interface Done {
  action: ScheduleAction;
  /** Of {@link rowKey}. */
  row: string;
  name: string;
  /** The value of `spec.runNow`, of a run. */
  token?: string;
}

export interface ScheduleActions {
  isBusy(schedule: ScheduleItem, action: ScheduleAction): boolean;
  done?: Done;
  /** Why the last one was not done, unless a dialog says so. */
  problem?: { error: unknown; action: string };
  /** Suspends one that is not suspended, and resumes one that is. */
  toggle(schedule: ScheduleItem): Promise<void>;
  runNow(schedule: ScheduleItem): Promise<void>;
  /** Runs it now and takes it over. @throws what the backend refused */
  takeOver(schedule: ScheduleItem): Promise<void>;
}

export const rowKey = ({
  cluster,
  uid,
}: Pick<ScheduleItem, 'cluster' | 'uid'>) => `${cluster}/${uid}`;

const WORDS = {
  run: 'action.runNow',
  suspend: 'action.suspend',
  resume: 'action.resume',
} as const satisfies Record<ScheduleAction, string>;

/**
 * One token until the page shows what became of it: a second click, and one after an answer that was lost, ask for the
 * same run.
 */
function useTokens(): (schedule: ScheduleItem) => string {
  const tokens = useRef(new Map<string, string>());
  return schedule => {
    const key = rowKey(schedule);
    const known = tokens.current.get(key);
    if (known && known !== schedule.lastRunNow?.token) return known;
    const token = randomKey();
    tokens.current.set(key, token);
    return token;
  };
}

/** What a person does to schedules, and what became of it. */
export function useScheduleActions(): ScheduleActions {
  const api = useApi(agentWorkloadsApiRef);
  const { t } = useWords();
  const show = useShowSchedule();
  const tokenOf = useTokens();
  const [busy, setBusy] = useState<readonly string[]>([]);
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<ScheduleActions['problem']>();

  const act = async (schedule: ScheduleItem, action: ScheduleAction) => {
    const row = rowKey(schedule);
    const { name, requestedBy } = schedule;
    const mark = `${action} ${row}`;
    setBusy(before => [...before, mark]);
    setProblem(undefined);
    setDone(undefined);
    try {
      if (action === 'run') {
        const token = tokenOf(schedule);
        await show(await api.runScheduleNow(schedule, { token, requestedBy }));
        setDone({ action, row, name, token });
      } else {
        const answer =
          action === 'suspend'
            ? await api.suspendSchedule(schedule)
            : await api.resumeSchedule(schedule);
        await show(answer);
        setDone({ action, row, name });
      }
    } catch (error) {
      // Somebody else may have changed it: the next look is at what is there.
      void show();
      throw error;
    } finally {
      setBusy(before => before.filter(one => one !== mark));
    }
  };
  const tell = async (schedule: ScheduleItem, action: ScheduleAction) => {
    try {
      await act(schedule, action);
    } catch (error) {
      setProblem({ error, action: t(WORDS[action], { name: schedule.name }) });
    }
  };
  return {
    isBusy: (schedule, action) =>
      busy.includes(`${action} ${rowKey(schedule)}`),
    done,
    problem,
    toggle: schedule => tell(schedule, schedule.suspend ? 'resume' : 'suspend'),
    runNow: schedule => tell(schedule, 'run'),
    takeOver: schedule => act(schedule, 'run'),
  };
}
