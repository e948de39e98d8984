/** The table of runs, a run's page, its steps, events and resource, and the widgets of the home page. */
export const runs = {
  filter: 'Filter the runs',

  phase: 'Phase',
  requestedBy: 'Requested by',
  entity: 'Entity',
  host: 'Host',
  run: 'Run',
  hosts: 'Hosts',
  started: 'Started',
  duration: 'Duration',
  report: 'Report',
  read: 'Read',
  reportOf: '{{words}}: report of {{name}}',
  noMatch: 'No run matches',
  noMatchText: 'Take a filter away, or search for something shorter.',
  none: 'No runs yet',
  noneText:
    'A scrape visits the public pages that you name, asks for approval and writes a report of plans, prices and changes. Launch the first one.',
} as const;

export const run = {
  parts: 'Parts of the run',
  overview: 'Overview',
  report: 'Report',
  screenshots: 'Screenshots',
  facts: 'Facts',
  events: 'Events',
  resource: 'Resource',
  title: '{{phase}}: {{name}}',
  wholeObjective: 'The whole objective',
  technicalName: 'Technical name: {{name}}',
  mayBeOld: 'What you see may be old',
  mayBeOldText: "The run can't be read now. The page tries again by itself.",
  took: 'Took',
  runningFor: 'Running for',
  keptUntil: 'Kept until',
  gate: 'Gate',
  place: 'Cluster and namespace',
  nobodyAsks:
    'Nobody is named as who asks, so nobody is told how it ends, and only who may cancel any run may cancel it. Next time write spec.requestedBy.username into the file: your own name in the cluster.',
  entityHint:
    'The entity’s page does not show this report yet. For a tab and a card there, add this to the annotations in its catalog file: {{line}}',
  cancel: 'Cancel',
  beingCancelled: 'Being cancelled',
  cancelQuestion: 'Cancel this run?',
  cancelText:
    'The steps are stopped and no report is written. What was gathered so far stays. This cannot be taken back.',
  cancelWhy: 'Why (optional)',
  cancelWhyText:
    'It stands in the run with your name, for everybody who may see it.',
  cancelledBy: 'Cancelled by {{who}}, {{date}}',
  beingCancelledBy: '{{who}} cancels this run: its steps are being stopped',
  cancelledWhy: 'Why: {{reason}}',
  cancelButton: 'Cancel the run',
  again: 'Run again',
  openAgain: 'Open again on what was seen',
  openAgainText:
    'Makes a new run on the pages that this one saved: none is visited again, and people are asked anew. You become who asks for it.',
  openAgainFourEyes:
    'Makes a new run on the pages that this one saved: none is visited again, and people are asked anew. You become who asks for it, so you may not decide it (four eyes).',
  notOpenedAgain: 'Not to be opened again: {{why}}',
  pagesSeen: 'Pages seen',
  seenBefore: '{{date}}, in run {{run}}',
  stepFailed: 'The step “{{step}}” failed. Its log says why. ({{details}})',
  stepFailedTries:
    'The step “{{step}}” failed, tried {{tries}} times. Its log says why. ({{details}})',
  againChanged: 'Run again with changes',
  againQuestion: 'Run this again?',
  againText_one:
    'A new run with the same {{count, number}} URL, objective and gate begins, asked for by you.',
  againText_other:
    'A new run with the same {{count, number}} URLs, objective and gate begins, asked for by you.',
  copyYaml: 'Copy the YAML',
  yaml: 'Resource as YAML',
} as const;

export const events = {
  lastSeen: 'Last seen',
  reason: 'Reason',
  message: 'Message',
  about: 'About',
  times_one: '{{message}} ({{count, number}} time)',
  times_other: '{{message}} ({{count, number}} times)',
  none: 'No events',
  noneText:
    'Kubernetes keeps events for an hour or so. The conditions of the run stay: see the tab Resource.',
} as const;

export const steps = {
  title: 'Steps',
  ofTheRun: 'Steps of the run',
  none: 'No steps',
  endedBefore: 'The run ended before its workflow began.',
  notBegun:
    'The policy is asked first; then the workflow begins. The steps appear here by themselves.',
  gateNotOpened: 'The gate has not opened: it comes after the steps before it.',
  gateAtTop: 'Everything about the gate is at the top on this page.',
  gateFurtherDown: 'Everything about the gate is further down on this page.',
  comesAfter: ', comes after {{steps, list}}',
  retries_one: '{{count, number}} retry',
  retries_other: '{{count, number}} retries',
  step: 'Step {{name}}',
  notRun: 'Not run',
  notBegunYet: 'Not begun',
  triedAgain_one: ' · tried again {{count, number}} time',
  triedAgain_other: ' · tried again {{count, number}} times',
  pod: ' · pod {{name}}',
  whyFailed: 'Why it failed',
  logSaysWhy: 'The log says why.',
  notTriedAgain:
    '{{message}} It was not tried again: another try would end the same.',
  noLogNotRun: 'No log: the step was not run.',
  noLogNotBegun: 'No log yet: the step has not begun.',
  noLogPodStarts: 'No log yet: the pod is being started.',
  noLogPodGone: 'No log: the pod is gone and its log with it.',
  log: 'Log',
  logOf: 'Log of {{name}}',
  technical: 'Show technical lines',
  logOpening: 'Opening the log…',
  logLive: 'Live',
  logEnded: 'Ended',
  logLost: 'Connection lost, trying again…',
  download: 'Download',
  pagesDone: '{{done, number}} of {{all, number}} pages',
  earlierLines_one:
    '{{count, number}} earlier line is in the download; the last {{shown, number}} are here.',
  earlierLines_other:
    '{{count, number}} earlier lines are in the download; the last {{shown, number}} are here.',
  nothingWritten: 'Nothing was written yet.',
} as const;

export const home = {
  about:
    'What competitors say about plans and prices, week by week: launch a scrape, look at the evidence, approve it, read the report.',
  gatesTitle: 'Gates that wait for you',
  runsTitle: 'Latest runs',
  changesTitle: 'What changed since you looked',
  demoTitle: 'Try it',
  noRuns: 'No runs yet. Launch the first one.',
  allRuns: 'All runs',
  allGates: 'All gates',
  allGatesOthers_one: 'All gates ({{count, number}} waits for others)',
  allGatesOthers_other: 'All gates ({{count, number}} wait for others)',
  nothingChanged: 'Nothing has changed since you last looked.',
  noCompletedRun:
    'No run is completed yet: what a run changed is told here once its gate let it pass.',
  allUnread: 'All that is unread',
  allChanges: 'All changes',
  demoObjective: 'What do these three charge, and what changed?',
  demoAbout:
    '{{names}} are invented, and change their pages after each run that is completed.',
  demoFill: 'Press the button: it fills the form. Launch it as it is.',
  demoThree:
    'Three runs are made, two minutes apart. The policy lets the first one pass by itself: there is nothing to compare it with.',
  demoSecond:
    'The second one finds changes, and waits at its gate where they are big. Sign in as Alice, look at the proof, and approve.',
  demoChanges: 'The page Changes says what was, and what is.',
  demoButton: 'See a change in five minutes',
} as const;

export const entity = {
  report: 'Competitor report',
  reportWaits: 'A new report waits at its gate',
  reportOnTheWay: 'A new report is on its way',
  openGate: 'Open the gate',
  followRun: 'Follow the run',
  reportsOf: 'Reports of this entity',
  reports: 'Reports',
  latest: '{{date}} (latest)',
  fromRun: 'From run {{run}}: {{objective}}',
  otherChanges: 'Latest changes in other reports',
  allChanges: 'All changes of this entity',
  none: 'No competitor report yet',
  noneText:
    'Launch a scrape for this entity: its report, with the proof of every fact, is shown here once somebody approved it.',
  latestReport: 'Latest report {{ago}}.',
  latestReportChanges_one: 'Latest report {{ago}}, {{count, number}} change.',
  latestReportChanges_other:
    'Latest report {{ago}}, {{count, number}} changes.',
  noReport: 'No report yet.',
  onTheWay_one: '{{count, number}} on the way.',
  onTheWay_other: '{{count, number}} on the way.',
} as const;
