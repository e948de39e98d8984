/** What the shipped policies say, by the codes of `POLICY_SAYS`; another policy's sentences stand as they are. */
export const policySays = {
  cannotJudge:
    "The policy can't judge this run: its input or its data file is not as agreed. Tell whoever looks after the policy.",
  sandboxRequired: 'The browser ran without its sandbox.',
  hostDenied: 'The site {{host}} must not be visited. Take its pages out.',
  hostNotAllowed:
    'The site {{host}} is not among those that may be visited. Take its pages out, or ask for it.',
  templateNotAllowed:
    'The WorkflowTemplate {{template}} is not among those that may be used.',
  clusterTemplateNotAllowed:
    'The ClusterWorkflowTemplate {{template}} is not among those that may be used.',
  braces:
    "Two opening braces in a row can't stand in “{{field}}”: Argo would replace what follows.",
  noHost: 'No page names a site.',
  requesterMissing: 'Whoever asks for the run must be named.',
  requesterForFourEyes:
    'Two people are needed here, so whoever asks for the run must be named.',
  noSummary: 'The run told nothing about what it found.',
  artifactMissing: 'A part of what was gathered is missing: {{artifact}}.',
  stepNotSucceeded: 'The step “{{step}}” has not succeeded.',
  degraded: 'A step says that its result is not whole.',
  unstable_one: 'Of {{count, number}} page two looks in this run disagree.',
  unstable_other: 'Of {{count, number}} pages two looks in this run disagree.',
  fewFacts_one: 'Only {{count, number}} fact was found.',
  fewFacts_other: 'Only {{count, number}} facts were found.',
  sandboxOff: 'The browser ran without its sandbox.',
  sandboxUnknown: 'Nobody can tell whether the browser had its sandbox.',
  moreHosts: 'The pages led to more sites than the run could tell.',
  seenAt:
    'The pages were seen on {{at}} for the run {{run}}, whose gate ran out of time.',
  seenBefore:
    'The pages were seen for an earlier run, whose gate ran out of time.',
  notObserved: '{{number, number}} of {{pages, number}} pages were not seen.',
  baselineGone:
    'What the earlier run saved is gone or altered, so nothing was compared.',
  baselineUnfit:
    "The run that it was to be compared with can't be used, so nothing was compared.",
  notCompared_one:
    '{{count, number}} page or part of a page could not be compared with the earlier run.',
  notCompared_other:
    '{{count, number}} pages or parts of pages could not be compared with the earlier run.',
  valuesGone:
    'What the earlier run knew of values over time is gone or altered, so small steps are not added up.',
  firstRun: 'It is the first run: there is nothing to compare it with.',
  unusual_one:
    '{{count, number}} change is unusual: a price or its upper end that came or went, or a price that was or is nothing, has another currency or unit, or is a threefold one.',
  unusual_other:
    '{{count, number}} changes are unusual: a price or its upper end that came or went, or a price that was or is nothing, has another currency or unit, or is a threefold one.',
  priceMoved: 'A price moved by {{percent, number}} %.',
  plansChanged_one: '{{count, number}} plan came, went or has a new name.',
  plansChanged_other: '{{count, number}} plans came, went or have a new name.',
  changes_one: '{{count, number}} change since the last run.',
  changes_other: '{{count, number}} changes since the last run.',
  pages:
    '{{many, number}} pages are too many for one run: at most {{most, number}}.',
  followed:
    '{{many, number}} pages, with those that may be followed, are too many for one run: at most {{most, number}}.',
  hosts:
    '{{many, number}} sites are too many for one run: at most {{most, number}}.',
  time: '“{{field}}”: {{many}} is too long, at most {{most}}.',
  keptTooLong:
    'To keep the results for {{many}} is too long: at most {{most}}.',
  keptTooShort:
    'To keep the results for {{asked}} is too short: at least {{least}}.',
  tooOften: 'A run every {{asked}} is too often: at least {{least}} apart.',
  yours:
    '{{many, number}} runs of {{requester}} go on already, at most {{most, number}} may at once.',
  nobodys:
    '{{many, number}} runs that name nobody go on in the namespace {{namespace}}, at most {{most, number}} may at once.',
  runs: '{{many, number}} runs go on in the namespace {{namespace}}, at most {{most, number}} may at once.',
  group: 'Somebody of the group {{group}} has to approve.',
  approvals: '{{many, number}} people have to approve.',
  eyesHost:
    'Somebody other than whoever asked decides about the site {{host}}.',
  eyesNamespace:
    'Somebody other than whoever asked decides in the namespace {{namespace}}.',
  personHost: 'A person always decides about the site {{host}}.',
  personNamespace: 'A person always decides in the namespace {{namespace}}.',
  personPages: 'A person decides about more than {{many, number}} pages.',
  modeHuman: 'A person decides.',
  more: 'And {{number, number}} more.',
} as const;
