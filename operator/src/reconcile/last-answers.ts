import type { AgentWorkloadStatus } from '@agentworkloads/api';
import type { Clock } from '../ports';

/** As long as a pass may take between reading and writing without anybody calling it stale. */
const FRESH_MS = 1_000;

/** What the API server said of a workload when its status was written. */
export interface LastAnswer {
  resourceVersion: string;
  /** The Workflow's name that this very write put into status; nobody can have used it before. */
  newName?: string;
}

interface Answer {
  metadata?: { resourceVersion?: string };
  status?: Pick<AgentWorkloadStatus, 'workflowNames'>;
}

/**
 * The answers to the last writes of status, each for the next pass only and for a second at most: it
 * is as good as a live read of that moment, and saves one.
 */
export class LastAnswers {
  private readonly answers = new Map<string, LastAnswer & { asked: number }>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /**
   * @param before status as it was before the write
   * @param asked monotonic time from before the request: a late answer is no fresh one
   */
  keep(
    key: string,
    raw: unknown,
    before: AgentWorkloadStatus | undefined,
    asked: number,
  ): void {
    const { metadata, status } = raw as Answer;
    if (!metadata?.resourceVersion) return;
    const name = status?.workflowNames?.at(-1);
    const isNew = name !== undefined && !before?.workflowNames?.includes(name);
    this.answers.set(key, {
      resourceVersion: metadata.resourceVersion,
      asked,
      ...(isNew ? { newName: name } : {}),
    });
  }

  take(key: string): LastAnswer | undefined {
    const answer = this.answers.get(key);
    this.answers.delete(key);
    return answer && this.clock.monotonic() - answer.asked <= FRESH_MS
      ? answer
      : undefined;
  }
}
