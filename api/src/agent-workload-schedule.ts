import { z } from 'zod';
import { agentWorkloadSpecSchema } from './agent-workload';
import { durationSchema, ttlSchema } from './duration';
import { API_VERSION } from './group';
import { LIMITS } from './limits';
import { conditionSchema, DNS_LABEL_PATTERN, objectMetaSchema } from './meta';

/** Bounds of a schedule; the CRD and the operator use the same numbers. */
export const SCHEDULE_LIMITS = {
  /** A run is called `<name>-<unix minute>`, and has at most 52 characters. */
  name: 40,
  schedule: 100,
  timeZone: 64,
  /** Groups of the requester that a schedule may name. */
  groups: 20,
  /** Runs that go on at the same time. */
  active: 50,
  /** What is kept of due times without a run: the last ones. */
  notStarted: 50,
  history: 500,
  /** A run that ended more recently is not deleted for `spec.history`. */
  minAge: '7d',
} as const;

const MACROS = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

const fieldOf = (value: string) => {
  const item = `((\\*|${value}-${value})(/[0-9]{1,2})?|${value})`;
  return `${item}(,${item})*`;
};
const NUMBER = '[0-9]{1,2}';
const NAMED = '([0-9]{1,2}|[A-Za-z]{3})';

/** Exactly five fields or one of the macros: no seconds, no `TZ=`, none of `L`, `W`, `#` and `?`. Numbers are not bounded here. */
export const SCHEDULE_PATTERN = `^(@(${MACROS.join('|')})|${[
  NUMBER,
  NUMBER,
  NUMBER,
  NAMED,
  NAMED,
]
  .map(fieldOf)
  .join(' ')})$`;

/** A name of the time zone database; an offset such as +02:00 knows no clock changes. */
export const TIME_ZONE_PATTERN = '^[A-Za-z][A-Za-z0-9_+/-]*$';

export const CONCURRENCY_POLICIES = ['Forbid', 'Allow', 'Replace'] as const;
export type ConcurrencyPolicy = (typeof CONCURRENCY_POLICIES)[number];

const textMap = (value: number) =>
  z
    .record(z.string().max(317), z.string().max(value))
    .meta({ maxProperties: 32 });

/** @public */
export const agentWorkloadScheduleSpecSchema = z
  .object({
    schedule: z
      .string()
      .min(5)
      .max(SCHEDULE_LIMITS.schedule)
      .regex(
        new RegExp(SCHEDULE_PATTERN),
        'must be five fields (minute hour day-of-month month day-of-week), such as 0 7 * * 1, or @hourly, @daily, @weekly, @monthly or @yearly',
      )
      .describe(
        'When: five fields (minute, hour, day of month, month, day of week), such as 0 7 * * 1, or @hourly, @daily, @weekly, @monthly, @yearly.',
      ),
    timeZone: z
      .string()
      .min(1)
      .max(SCHEDULE_LIMITS.timeZone)
      .regex(
        new RegExp(TIME_ZONE_PATTERN),
        'must be a name of the time zone database, such as Europe/Berlin',
      )
      .default('Etc/UTC')
      .describe(
        'In whose time, by its name in the time zone database, such as Europe/Berlin.',
      ),
    suspend: z
      .boolean()
      .default(false)
      .describe('true: nothing is started at due times until it is false.'),
    concurrencyPolicy: z
      .enum(CONCURRENCY_POLICIES)
      .default('Forbid')
      .describe(
        'While an earlier run goes on, waiting at its gate included. Forbid: the due time is left out. Allow: both run. Replace: the earlier one is cancelled.',
      ),
    startingDeadline: durationSchema
      .default('12h')
      .describe(
        'How late a run may start; a due time that is longer ago is left out.',
      ),
    history: z
      .object({
        completed: z
          .int()
          .min(1)
          .max(SCHEDULE_LIMITS.history)
          .default(20)
          .describe('Completed runs that are kept: the last ones.'),
        other: z
          .int()
          .min(0)
          .max(SCHEDULE_LIMITS.history)
          .default(10)
          .describe('Runs that ended otherwise and are kept: the last ones.'),
        minAge: ttlSchema
          .default(SCHEDULE_LIMITS.minAge)
          .describe(
            'A run that ended more recently is kept in any case. Less than 7d counts as 7d.',
          ),
      })
      .default({ completed: 20, other: 10, minAge: SCHEDULE_LIMITS.minAge })
      .describe(
        'How many ended runs are kept. What the next run, or one that goes on, is compared with is kept in any case.',
      ),
    requestedBy: z
      .object({
        username: z
          .string()
          .min(1)
          .max(256)
          .describe('The Kubernetes user name of the person who asks.'),
        groups: z
          .array(z.string().min(1).max(256))
          .max(SCHEDULE_LIMITS.groups)
          .meta({ 'x-kubernetes-list-type': 'set' })
          .optional()
          .describe(
            'Groups by which that person may ask for runs. Before each run it is asked whether the name, with these groups, still may.',
          ),
      })
      .optional()
      .describe(
        'Who asks for the runs. Admission accepts only the name and the groups of the caller.',
      ),
    runNow: z
      .string()
      .min(1)
      .max(64)
      .regex(
        /^[A-Za-z0-9._-]+$/,
        'must be letters, digits, dots, _ and -, at most 64',
      )
      .optional()
      .describe(
        'Set to a new value to start a run by hand: one run a value, in the name of who sets it.',
      ),
    workloadTemplate: z
      .object({
        metadata: z
          .object({
            labels: textMap(63)
              .optional()
              .describe('Labels of each run; none of agentworkloads.io/.'),
            annotations: textMap(1024)
              .optional()
              .describe('Annotations of each run; none of agentworkloads.io/.'),
          })
          .default({})
          .describe('What each run has beside its name.'),
        spec: agentWorkloadSpecSchema
          .omit({ requestedBy: true, cancel: true, cancelledBy: true })
          .describe('The spec of each run.'),
      })
      .describe('What is made at each due time.'),
  })
  .describe(
    'What is to be run, and when. It may change; runs that exist do not.',
  );
/** @public */
export type AgentWorkloadScheduleSpec = z.infer<
  typeof agentWorkloadScheduleSpecSchema
>;
/** The spec as a person writes it: defaults may be left out. @public */
export type AgentWorkloadScheduleSpecInput = z.input<
  typeof agentWorkloadScheduleSpecSchema
>;

const time = () => z.iso.datetime();
const runName = () =>
  z.string().max(LIMITS.name).regex(new RegExp(DNS_LABEL_PATTERN));

/** One or more due times in a row that have no run, for one reason. @public */
export const notStartedSchema = z.object({
  from: time().describe('The first due time, or when it was asked by hand.'),
  to: time().describe('The last due time.'),
  times: z.int().min(1).describe('How many due times these are.'),
  reason: z.string().max(64).describe('Why, in one word.'),
  message: z.string().max(1024).describe('Why, in a sentence.'),
});
/** @public */
export type NotStarted = z.infer<typeof notStartedSchema>;

/** @public */
export const agentWorkloadScheduleStatusSchema = z
  .object({
    observedGeneration: z
      .int()
      .min(0)
      .optional()
      .describe('The generation that the operator has acted upon.'),
    conditions: z
      .array(conditionSchema)
      .max(16)
      .meta({
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      })
      .optional(),
    following: z
      .object({
        schedule: z
          .string()
          .max(SCHEDULE_LIMITS.schedule)
          .describe('spec.schedule as it was taken up.'),
        timeZone: z
          .string()
          .max(SCHEDULE_LIMITS.timeZone)
          .describe('spec.timeZone as it was taken up.'),
        until: time().describe(
          'Every due time until then has its run, or stands in notStarted.',
        ),
      })
      .optional()
      .describe('Which due times are dealt with.'),
    lastScheduleTime: time()
      .optional()
      .describe('The due time of the last run that was started for one.'),
    nextScheduleTime: time()
      .optional()
      .describe('The next due time; absent where nothing will be started.'),
    lastSuccessfulTime: time()
      .optional()
      .describe('When a run of this schedule was last completed.'),
    pending: z
      .object({
        name: runName().describe('Name of the run.'),
        dueAt: time().describe('Its due time, or when it was asked by hand.'),
        token: z
          .string()
          .max(64)
          .optional()
          .describe('spec.runNow, of a run that is started by hand.'),
        generation: z
          .int()
          .min(0)
          .describe('The generation that it is made from.'),
        replaces: z
          .array(runName())
          .max(SCHEDULE_LIMITS.active)
          .optional()
          .describe('Runs that are cancelled for it.'),
      })
      .optional()
      .describe('A run that was decided upon and is about to be made.'),
    active: z
      .array(
        z.object({
          name: runName().describe('Its name.'),
          uid: z.string().max(64).describe('Its uid.'),
        }),
      )
      .max(SCHEDULE_LIMITS.active)
      .optional()
      .describe('Runs of this schedule that go on.'),
    lastRunNow: z
      .object({
        token: z.string().max(64).describe('The value of spec.runNow.'),
        at: time().describe('When it was answered.'),
        run: runName().optional().describe('The run that was started.'),
        reason: z
          .string()
          .max(64)
          .optional()
          .describe('Why none was started, in one word.'),
      })
      .optional()
      .describe('What became of the last spec.runNow.'),
    notStarted: z
      .array(notStartedSchema)
      .max(SCHEDULE_LIMITS.notStarted)
      .optional()
      .describe('Due times without a run and why, the last ones.'),
    baseline: z
      .object({
        name: runName().describe('Name of the run.'),
        completedAt: time().describe('When it was completed.'),
      })
      .optional()
      .describe('What the next run is compared with.'),
    owned: z
      .object({
        runs: z.int().min(0).describe('All of its runs that exist.'),
        completed: z.int().min(0).describe('Those that were completed.'),
      })
      .optional()
      .describe(
        'What is deleted with this schedule, unless it is deleted with --cascade=orphan.',
      ),
  })
  .describe('Written by the operator alone.');
/** @public */
export type AgentWorkloadScheduleStatus = z.infer<
  typeof agentWorkloadScheduleStatusSchema
>;

/** @public */
export const agentWorkloadScheduleSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('AgentWorkloadSchedule'),
  metadata: objectMetaSchema,
  spec: agentWorkloadScheduleSpecSchema,
  status: agentWorkloadScheduleStatusSchema.optional(),
});
/** @public */
export type AgentWorkloadSchedule = z.infer<typeof agentWorkloadScheduleSchema>;
