/** The pages of schedules, and how often something runs. */
export const schedules = {
  title: 'Schedules',
  none: 'No schedules yet',
  noneText:
    'A schedule asks the same question again and again, such as each Monday at seven, and compares each run with the one before. The form asks how often, on its second page.',
  all: 'All schedules',
  pageTitle: 'Schedule: {{name}}',
  notSeen: 'No schedule {{name}} is seen in {{namespace}}',
  notSeenText:
    'One that was made a moment ago comes by itself. Otherwise it was deleted, or you may not see it.',
  schedule: 'Schedule',
  when: 'When',
  next: 'Next run, your time',
  last: 'Last run',
  state: 'State',
  actions: 'Actions',
  for: '{{pages}} for {{who}}',
  forNobody: '{{pages}}, in nobody’s name',
  noRunYet: 'None yet',
  lastRunOf: 'Last run of {{schedule}}: {{run}}',
  moreGoOn_one: '{{count, number}} more of its runs go on',
  moreGoOn_other: '{{count, number}} more of its runs go on',
  runNowSays: 'Run now: {{answer}}',
  runNow: 'Run now',
  runNowOf: 'Run now: {{name}}',
  suspend: 'Suspend',
  resume: 'Resume',
  suspendOf: 'Suspend {{name}}',
  resumeOf: 'Resume {{name}}',
  notStarted: 'Not started',
  notStartedOf: 'Not started: {{name}}',
  isSuspended: '{{name}} is suspended: nothing is started at its due times.',
  isResumed: '{{name}} is resumed: its due times count again.',
  answer: '{{name}}: {{answer}}',
  runAskedFor: 'A run of {{name}} is asked for.',
} as const;

export const scheduleState = {
  suspended: 'Suspended',
  notLookedAt: 'Not looked at yet',
  notTakenUp: 'The operator has not taken it up yet.',
  ready: 'Ready',
  refused: 'Refused',
  waits: 'Waits',
} as const;

export const runNow = {
  notAnswered: 'The run is asked for; the operator has not answered yet.',
  started: '{{run}} was started.',
  notStartedSays: 'No run was started. {{message}}',
  notStarted: 'No run was started: {{why}}.',
  InvalidSchedule: 'its schedule means nothing',
  InvalidTimeZone: 'its time zone means nothing',
  InvalidSpec: 'its template can not be run',
  PolicyDenies: 'policy would deny it',
  RequesterMayNot: 'the person in whose name it was may not make runs there',
  StillRunning: 'an earlier run goes on',
  ScheduleChanged: 'another run was asked for before it was made',
  RunNotMade: 'the API server refused to make it, until it was too late',
  TooLate: 'it could not be made in time',
  NameTaken: 'there is another run of its name',
  unknown: 'no reason is known',
} as const;

export const notStarted = {
  title: 'What {{name}} did not start',
  row: '{{from}} to {{to}}, {{times, number}} due times',
  byHand: 'Last asked for by hand, {{time}}: {{answer}}',
  some: 'Due times that led to no run, the last ones first. Ten reasons are shown at most; kubectl describe has up to fifty. Times are yours ({{timeZone}}).',
  none: 'Each due time that is known of led to its run. Times are yours ({{timeZone}}).',
} as const;

export const edit = {
  change: 'Change',
  delete: 'Delete',
  pages_one: 'The page of each run',
  pages_other: 'The pages of each run',
  deleteQuestion: 'Delete {{name}}?',
  deleteRuns_one:
    'With it the run that it has made is deleted, Workflows and decisions included. What is in object storage, and the changes that were taken in, stay. To stop it and keep everything, suspend it.',
  deleteRuns_other:
    'With it the {{count, number}} runs that it has made are deleted, Workflows and decisions included. What is in object storage, and the changes that were taken in, stay. To stop it and keep everything, suspend it.',
  deleteNoRuns:
    'It has made no run that is still there. What is in object storage, and the changes that were taken in, stay. To stop it and keep everything, suspend it.',
  title: 'Change {{name}}',
  objective: 'Objective',
  urls: 'Pages to visit',
  urlsText: 'One URL a line.',
  overlap: 'While an earlier run goes on, at its gate too',
  Forbid: 'The new run is left out',
  Allow: 'Both run',
  Replace: 'The earlier run is cancelled',
  completedKept: 'Completed runs kept',
  otherKept: 'Other runs kept',
  inNameOf: 'in the name of {{who}}',
  inNoName: 'in no name',
  takesOver:
    'It is {{whose}}. To change what it runs takes it over: its runs go on in your name.',
  takeOverQuestion: 'Change and take over?',
  takeOverText:
    '{{name}} is {{whose}}. Who changes what it runs takes it over: its runs go on in your name from now on. Four eyes then compare with your name.',
  takeOverButton: 'Take over and save',
  runQuestion: 'Run now and take over?',
  runText:
    '{{name}} is in no name. Who runs it now takes it over: its runs go on in your name from now on, those at due times too. Four eyes then compare with your name.',
  runTextOf:
    '{{name}} is in the name of {{who}}. Who runs it now takes it over: its runs go on in your name from now on, no longer in that of {{who}}, those at due times too. Four eyes then compare with your name.',
  runButton: 'Take over and run now',
  saved: '{{name}} is changed.',
  savedTaken: '{{name}} is changed, and its runs go on in your name.',
  save: 'Save',
  leave: 'Leave it as it is',
  objectiveLength: 'The objective has 1 to {{most}} characters.',
  completedCount:
    '{{least}} to {{most}} completed runs are kept; write a number.',
  otherCount: '{{least}} to {{most}} other runs are kept; write a number.',
} as const;

export const pace = {
  howOften: 'How often?',
  week: 'Every week',
  day: 'Every day',
  own: 'By a cron expression of your own',
  on: 'On',
  at: 'At',
  cron: 'Cron expression',
  cronText:
    'Minute, hour, day of month, month, day of week: 0 7 * * 1 is each Monday at seven. Or @hourly, @daily, @weekly, @monthly, @yearly.',
  timeZone: 'Time zone',
  eachYear: 'Every year on {{date}}, at {{times}}',
  eitherCounts: '{{words}} (a day of either counts)',
  wordsIn: '{{words}}, {{timeZone}}',
  nextTimes: 'The next due times, in your own time ({{timeZone}}):',
} as const;
