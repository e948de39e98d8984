/** Words that stand on many pages. */
export const common = {
  /** Not to be read: by whose rules numbers, money, dates and lists are written (BCP 47). */
  locale: 'en',
  nav: {
    title: 'Agent Workloads',
    runs: 'Runs',
    gates: 'Gates',
    changes: 'Changes',
    schedules: 'Schedules',
  },
  newScrape: 'New scrape',
  newSchedule: 'New schedule',
  any: 'Any',
  all: 'All',
  search: 'Search',
  clearFilters: 'Clear filters',
  goBack: 'Go back',
  close: 'Close',
  /** Of the browser's tab. */
  pageTitle: '{{page}} | {{title}}',
  retry: 'Try again',
  required: 'Required',
  copied: 'Copied',
  copyFailed: 'Not allowed: select and copy by hand',
  nobodyNamed: 'nobody named',
  loading: 'Loading {{what}}',
  andMore_one: 'and {{count, number}} more',
  andMore_other: 'and {{count, number}} more',
  moreOf_one: '{{count, number}} more',
  moreOf_other: '{{count, number}} more',
  pages_one: '{{count, number}} page',
  pages_other: '{{count, number}} pages',
  changes_one: '{{count, number}} change',
  changes_other: '{{count, number}} changes',
  problems: 'Problems',
  lineProblem: 'Line {{line}}: {{message}}',
} as const;

export const time = {
  unknown: 'unknown',
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} d',
  justNow: 'just now',
  ago: '{{time}} ago',
  in: 'in {{time}}',
  dueNow: 'due now',
  left: '{{time}} left',
  over: 'time is over',
  noLimit: 'no limit',
} as const;

/** What a page reads or shows, within the sentences of {@link problem} and behind "Loading". */
export const what = {
  runs: 'the runs',
  run: 'run {{name}}',
  gates: 'the gates',
  changes: 'the changes',
  evidence: 'the evidence',
  report: 'the report',
  reports: 'the reports',
  reportsOfEntity: 'the reports of this entity',
  runsOfEntity: 'the runs of this entity',
  otherChanges: 'what other reports changed',
  events: 'the events',
  log: 'the log',
  facts: 'the facts',
  screenshots: 'the screenshots',
  schedules: 'the schedules',
  schedule: 'the schedule',
  scheduleAsks: 'what the schedule asks',
  entities: 'the entities of the catalog',
  savedPage: 'the saved page',
  savedText: 'the saved text',
  savedByEarlier: 'what the earlier run saved',
  pageList: 'the list of pages',
  savedList: 'the list of what that run saved',
  file: 'the file',
} as const;

/** What a person does, in the infinitive, within the sentences of {@link problem}. */
export const action = {
  cancelRun: 'cancel this run',
  checkLaunch: 'check this run beforehand',
  openAgain: 'open this run again',
  runAgain: 'run this again',
  decideGate: 'decide this gate',
  extendGate: 'leave more time',
  markChange: 'mark the change',
  testPage: 'give out the test page',
  takeBack: 'take that back',
  callWrong: 'call this change wrong',
  makeSchedule: 'make the schedule',
  runNow: 'run {{name}} now',
  suspend: 'suspend {{name}}',
  resume: 'resume {{name}}',
  change: 'change {{name}}',
  delete: 'delete {{name}}',
} as const;

export const problem = {
  signIn: 'Sign in again',
  slow: 'Still waiting for {{what}}',
  slowText:
    'There is no answer yet. It comes by itself once there is one. Where this stays so, the object storage or the cluster may not answer: tell who runs the portal.',
  noPage: 'There is no such page',
  noPageText: 'The address may be mistyped, or an old link.',
  toRuns: 'To the runs',
  sessionEnded: 'Your session has ended',
  signInToSee: 'Sign in again to see {{what}}.',
  signInTo: 'Sign in again to {{action}}.',
  mayNotSee: 'You may not see {{what}}',
  askOwners: '{{message}} Ask the owners of this portal for the permission.',
  notFound: 'Not found: {{what}}',
  deletedOrMistyped:
    '{{message}} It may have been deleted, or the address is mistyped.',
  notAvailable: 'Not available now: {{what}}',
  nothingLost: '{{message}} Nothing is lost meanwhile.',
  notLoaded: 'Could not load {{what}}',
  noAnswer:
    'The portal does not answer. Check your connection, then try again.',
  mayNotDo: 'You may not {{action}}',
  somethingElseFirst: 'Not done: something else came first',
  notDone: 'Could not {{action}}',
} as const;

export const cluster = {
  accountLacks: "The portal's account lacks rights",
  accountLacksText:
    'Some actions will be refused: {{rights}}. Who runs the portal must mend it and start the backend again.',
  unread: "Cluster {{name}} can't be read now",
  unreadMany_one: "{{count, number}} cluster can't be read now",
  unreadMany_other: "{{count, number}} clusters can't be read now",
  unreadText:
    'What you see of them may be old. The portal tries again by itself. {{details}}',
  firstListMissing: 'the first list has not come yet',
} as const;

export const phase = {
  Pending: 'Pending',
  Running: 'Running',
  AwaitingApproval: 'Gate waits',
  PolicyDenied: 'Policy denied',
  Completed: 'Completed',
  Failed: 'Failed',
  TimedOut: 'Timed out',
  Denied: 'Denied at gate',
  Cancelled: 'Cancelled',
  unknown: 'Unknown',
} as const;

/** What a phase means for the person who reads it. */
export const phaseMeans = {
  Pending: 'Waits for the policy or for a free place in the cluster.',
  Running: 'The steps are at work.',
  AwaitingApproval: 'A person has to decide before the report is written.',
  PolicyDenied: 'The policy did not let this run start.',
  Completed: 'The report is there.',
  Failed: 'The run ended without a report.',
  TimedOut: 'A time limit passed before the run could end.',
  Denied: 'The gate was denied, so no report was written.',
  Cancelled: 'Somebody stopped this run.',
  unknown: 'This portal does not know the phase.',
} as const;

/** The words of `api/src/steps.ts`. */
export const step = {
  scrape: 'Scrape',
  screenshot: 'Screenshots',
  dom: 'Facts',
  gate: 'Gate',
  synthesis: 'Report',
} as const;

export const stepDoes = {
  scrape:
    'Visits each page once and keeps its text, its HTML and a screenshot for desktop and mobile.',
  screenshot: 'Makes thumbnails and tiles of the screenshots.',
  dom: 'Finds plans, prices, features and headlines in the saved pages, each with its proof.',
  gate: 'Waits until a person, or the policy, lets the report be written.',
  synthesis: 'Writes the report from the facts.',
} as const;

export const stepPhase = {
  Pending: 'Waiting',
  Running: 'Running',
  Succeeded: 'Done',
  Failed: 'Failed',
  Error: 'Error',
  Skipped: 'Skipped',
  Omitted: 'Not run',
  stopped: 'Stopped',
  gateWaits: 'Waits for decision',
  gatePassed: 'Passed',
  gateShut: 'Shut',
} as const;
