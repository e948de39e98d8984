/** What a check before a launch tells, of the run and of its pages. */
export const launchCheck = {
  title: 'Check before launch',
  text: 'Asks the policy whether such a run may start, and each site by its robots.txt whether the pages may be visited. Nothing is started. The pages themselves are not opened: whether they load is seen by the run alone.',
  check: 'Check before launch',
  again: 'Check again',
  stop: 'Stop checking',
  going: 'Checking: {{done, number}} of {{all, number}} pages asked about.',
  asking: 'Asking the policy.',
  stopped: 'Stopped. Below is what was known by then.',
  changed: 'The form has changed since it was checked. Check again.',
  noPages: 'There are no pages to check yet: name them in the first step.',
  done: 'Checked. May be visited: {{free, number}}. Would not be visited: {{stopped, number}}. Not checked: {{unknown, number}}.',
  repeat: 'One run is checked. Each run of a schedule is judged anew.',
  starts: 'The run may start',
  policyStarts: 'The policy would let the run start',
  clusterTakes: 'The cluster would take the run',
  waits: 'The run would wait before it starts',
  waitsText: 'It starts by itself once there is room.',
  denied: 'The policy would not let the run start',
  deniedText:
    "Mend that, here or in an earlier step, and check again. What the form can't change is for whoever looks after the policy.",
  refused: 'The cluster would not take the run',
  nothing: 'Whether the run may start is not known',
  clusterUnknown: 'The cluster gave no answer: {{message}}',
  policyNotConfigured:
    'The policy was not asked: this portal is not set up for it. It is asked when the run is made.',
  policyMisnamed:
    'The policy was not asked: what this portal is set up to ask belongs to a cluster that it does not have. Tell whoever looks after the portal: agentWorkloads.checks.operators has a wrong name. The policy is asked when the run is made.',
  policyAway:
    'The policy was not asked: the operator, who asks it, does not answer now. Try again later.',
  policyUnavailable:
    'The policy does not answer now. A run would wait until it does.',
  gateHuman_one: 'Before the report is written a person has to approve.',
  gateHuman_other:
    'Before the report is written {{count, number}} people have to approve.',
  gatePolicy:
    'At its gate the policy may let it pass when nothing is unusual; else a person has to approve.',
  gateFourEyes: 'That must be somebody other than you.',
  gateGroups: 'Somebody of each of these groups has to: {{groups}}.',
  because: 'The policy asks for that:',
} as const;

/** What is known of a page before a run, by its site's robots.txt alone. */
export const pageCheck = {
  free: 'May be visited ({{number, number}})',
  stopped: 'Would not be visited ({{number, number}})',
  allowed: 'The site answers, and its robots.txt does not forbid this page.',
  allowedBy:
    'The site answers, and line {{line, number}} of its robots.txt allows this page:',
  noRules: 'The site gives no robots.txt, so it forbids nothing.',
  noRulesStatus:
    'The site gives no robots.txt (status {{status}}), so it forbids nothing.',
  disallowed: "The site's robots.txt asks not to visit this page.",
  disallowedBy:
    'Line {{line, number}} of its robots.txt asks not to visit this page:',
  notNow:
    "The site's robots.txt can't be read now, so the page would be left out. Try again later.",
  notNowStatus:
    "The site's robots.txt can't be read now (status {{status}}), so the page would be left out. Try again later.",
  silent: 'The site did not answer in time.',
  hostDenied: 'The policy denies this site.',
  denied: 'The policy would not let it be visited:',
  noProxy_one:
    'What its site says is not checked: this portal is not set up to ask sites.',
  noProxy_other:
    'What the sites of {{count, number}} pages say is not checked: this portal is not set up to ask sites.',
  proxyAway_one:
    'What its site says is not known: the way there, the egress proxy, does not answer now. Try again later.',
  proxyAway_other:
    'What the sites of {{count, number}} pages say is not known: the way there, the egress proxy, does not answer now. Try again later.',
  policyUnknown_one:
    'Its site was not asked, because it is not known whether the policy lets it be asked.',
  policyUnknown_other:
    'The sites of {{count, number}} pages were not asked, because it is not known whether the policy lets them be asked.',
  tooMany_one:
    'Its site was not asked: you had many sites asked in a short time. Wait a few minutes and check again.',
  tooMany_other:
    'The sites of {{count, number}} pages were not asked: you had many sites asked in a short time. Wait a few minutes and check again.',
  unknown_one: 'Nothing is known of {{count, number}} page.',
  unknown_other: 'Nothing is known of {{count, number}} pages.',
} as const;
