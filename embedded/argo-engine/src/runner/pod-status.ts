import {
  toTimestamp,
  type ContainerState,
  type Pod,
  type PodStatus,
} from '../core/model';

/** Names of Argo's helper containers, whose work the runner does; their failures keep these names. */
export type Helper = 'init' | 'wait';

function condition(type: string, status: string, time: string, extra = {}) {
  return { type, status, lastTransitionTime: time, ...extra };
}

function container(pod: Pod, state: ContainerState, ready: boolean) {
  const [main] = pod.spec.containers;
  return {
    name: main.name,
    image: main.image,
    imageID: '',
    ready,
    restartCount: 0,
    state,
  };
}

export function waitingForSlot(slots: number, now: Date): PodStatus {
  return {
    phase: 'Pending',
    conditions: [
      condition('PodScheduled', 'False', toTimestamp(now), {
        reason: 'Unschedulable',
        message: `0/1 nodes are available: all ${slots} slots of this machine are in use.`,
      }),
    ],
  };
}

export function configMissing(pod: Pod, message: string, now: Date): PodStatus {
  return {
    phase: 'Pending',
    startTime: pod.status?.startTime ?? toTimestamp(now),
    conditions: [condition('PodScheduled', 'True', toTimestamp(now))],
    containerStatuses: [
      container(
        pod,
        { waiting: { reason: 'CreateContainerConfigError', message } },
        false,
      ),
    ],
  };
}

export function running(pod: Pod, startedAt: Date): PodStatus {
  const time = toTimestamp(startedAt);
  return {
    phase: 'Running',
    startTime: time,
    conditions: [
      condition('PodScheduled', 'True', time),
      condition('Ready', 'True', time),
    ],
    containerStatuses: [container(pod, { running: { startedAt: time } }, true)],
  };
}

export interface Ending {
  exitCode: number;
  startedAt: Date;
  finishedAt: Date;
  /** The runner's own part that failed, instead of or after the step. */
  helper?: { name: Helper; message: string };
  deadlineExceeded?: boolean;
  /** From the step's termination log. */
  message?: string;
}

export function ended(pod: Pod, ending: Ending): PodStatus {
  const { exitCode, helper } = ending;
  const times = {
    startedAt: toTimestamp(ending.startedAt),
    finishedAt: toTimestamp(ending.finishedAt),
  };
  const failed = exitCode !== 0 || helper !== undefined;
  const helperStatus = helper && {
    name: helper.name,
    ready: false,
    restartCount: 0,
    image: '',
    imageID: '',
    state: {
      terminated: {
        ...times,
        exitCode: 64,
        reason: 'Error',
        message: helper.message,
      },
    },
  };
  const main = container(
    pod,
    helper?.name === 'init'
      ? { waiting: { reason: 'PodInitializing' } }
      : {
          terminated: {
            ...times,
            exitCode,
            reason: exitCode === 0 ? 'Completed' : 'Error',
            ...(ending.message ? { message: ending.message } : {}),
          },
        },
    false,
  );
  return {
    phase: failed ? 'Failed' : 'Succeeded',
    startTime: times.startedAt,
    conditions: [
      condition('PodScheduled', 'True', times.startedAt),
      condition('Ready', 'False', times.finishedAt, { reason: 'PodCompleted' }),
    ],
    ...(ending.deadlineExceeded
      ? {
          reason: 'DeadlineExceeded',
          message:
            'Pod was active on the node longer than the specified deadline',
        }
      : {}),
    ...(helper?.name === 'init' && helperStatus
      ? { initContainerStatuses: [helperStatus] }
      : {}),
    containerStatuses:
      helper?.name === 'wait' && helperStatus ? [main, helperStatus] : [main],
  };
}
