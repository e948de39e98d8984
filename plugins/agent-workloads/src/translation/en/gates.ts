/** The page of gates, and the gate on a run's page. */
export const gates = {
  waitingForYou: 'Waiting for you',
  waitingForOthers: 'Waiting for others',
  section: '{{title}} ({{number, number}})',
  nothingWaits: 'Nothing waits for you.',
  noMatch: 'No gate of these matches.',
  searchIn: 'Name, objective, host or requester',
  none: 'No gate waits',
  noneText:
    'When a run has gathered its evidence it waits here for somebody to decide. This page shows it by itself.',
  unchanged: 'all compared, nothing changed',
  order: 'Order',
  by: {
    deadline: 'Least time left first',
    opened: 'Longest open first',
    changes: 'Most changes first',
    name: 'By objective',
  },
  review: 'Review and decide',
  lookAt: 'Look at it',
  actionOf: '{{words}}: the gate of {{name}}',
  notObserved_one: '{{count, number}} not observed',
  notObserved_other: '{{count, number}} not observed',
  facts_one: '{{count, number}} fact',
  facts_other: '{{count, number}} facts',
  askedBy: 'Asked for by {{who}} · open since {{ago}}',
  askedByFourEyes:
    'Asked for by {{who}}, who may not decide (four eyes) · open since {{ago}}',
  policyDoesNotLet: 'The policy of this portal does not let you decide.',
  showMore_one: 'Show {{count, number}} more',
  showMore_other: 'Show {{count, number}} more',
  someShown: '{{shown, number}} of {{all, number}} are shown.',
} as const;

export const gate = {
  title: 'Gate',
  question: 'May the report be written?',
  askedBy:
    'Asked for by {{who}}. Without a decision in time the gate is denied.',
  askedByFourEyes:
    'Asked for by {{who}}, who may not decide it (four eyes). Without a decision in time the gate is denied.',
  approved: 'Approved',
  denied: 'Denied',
  by: 'by {{who}}',
  byAt: 'by {{who}}, {{date}}',
  noComment: 'No comment was given.',
  endedUndecided: 'The run ended before anybody decided.',
  deciders: 'May decide: {{who}} ({{group}}), where the cluster lets them.',
  decidersOfGroup:
    'May decide: members of {{group}}, where the cluster lets them.',
  decidersUnknown:
    'Who may decide is known to the cluster alone: ask whoever runs it who has the ClusterRole agentworkloads-approver in {{namespace}}.',
  details: 'Small print',
  policyAllows: 'The policy would let it pass',
  policyHolds: 'The policy wants a person to decide',
  policyDenies: 'The policy denies it',
  policySilent: 'The policy has not answered',
  personAllTheSame: 'This run asks for a person all the same.',
  policyRevision: 'Policy revision {{revision}}',
  refused: 'Decisions that did not count',
  refusedApproved: '{{who}} approved: {{why}}',
  refusedDenied: '{{who}} denied: {{why}}',
  viaPolicy: 'the policy',
  viaTimeout: 'the time limit of the gate',
  viaDeadline: 'the time limit of the run',
  viaCancelBy: '{{who}}, who cancelled the run',
  viaCancel: 'a cancel of the run',
  viaOperator: 'the operator, because the approval was gone',
  viaUnnamed: 'somebody unnamed',
} as const;

export const moreTime = {
  button: 'More time',
  title: 'Leave more time to decide?',
  text: 'Nothing is decided by it. The run waits longer, and your name stays with it.',
  until: 'The gate waits until',
  why: 'Why (optional)',
  leave: 'Leave more time',
  left: '{{who}} left more time, until {{date}}.',
  leftWhy: '{{who}} left more time, until {{date}}: {{why}}',
} as const;

/** Why a gate waits for a person. */
export const why = {
  title: 'A person must look',
  asked: 'Whoever asked for the run asked for it.',
  changed_one: 'Something changed: {{count, number}} change.',
  changed_other: 'Something changed: {{count, number}} changes.',
  policy: 'The policy asks for it:',
  policyAlways: 'The policy asks for it.',
  policySilent: 'The policy has not answered, so nothing passes by itself.',
} as const;

export const votes = {
  title: 'Approvals',
  count: '{{number, number}} of {{needed, number}}',
  missing_one: '{{votes}}, {{groups}} is missing',
  missing_other: '{{votes}}, {{groups}} are missing',
  approved: '{{who}}, {{date}}',
  approvedFor: '{{who}} for {{groups}}, {{date}}',
  gone: "An approval that counted was taken away: this gate can't be opened any more",
} as const;

/** Several gates at once, where nothing changed. */
export const together = {
  choose: 'Choose to approve together: {{name}}',
  all: 'All {{number, number}} where everything was compared and nothing changed',
  first:
    'The first {{number, number}} of {{all, number}} where everything was compared and nothing changed',
  button: 'Approve those chosen ({{number, number}})',
  question_one: 'Approve {{count, number}} gate?',
  question_other: 'Approve {{count, number}} gates?',
  text: 'Each gets an approval of its own, of exactly what was gathered for it. In each every page was seen and compared with the earlier run, and nothing changed.',
  yes_one: 'Yes, approve {{count, number}}',
  yes_other: 'Yes, approve all {{count, number}}',
  approved: 'Approved.',
  refused: 'Not approved: {{why}}',
  done: 'Approved: {{approved, number}}. Not approved: {{refused, number}}.',
} as const;

export const nextGate = {
  ofSeveral: 'Next gate ({{place, number}} of {{number, number}})',
  waiting_one: 'Next gate ({{count, number}} waits for you)',
  waiting_other: 'Next gate ({{count, number}} wait for you)',
} as const;

export const decision = {
  bar: 'Decide',
  keys: 'Keys: A approves, D denies, both ask first',
  mayDeny: 'Your approval would add nothing; you may still deny',
  mayNot: 'You may not decide this gate',
  policyDoesNotLet: 'The policy of this portal does not let you decide it.',
  youApproved: 'You approved',
  youDenied: 'You denied',
  recorded:
    'Your decision is recorded. The operator carries it out; this page shows it by itself.',
  comment: 'Comment',
  requiredToDeny: 'Required to deny',
  commentText: 'Kept with the decision; the person who asked will read it.',
  sayWhy: 'Say why you deny: the person who asked will read it.',
  tooLong: 'At most {{most}} characters; there are {{characters}}.',
  lost: 'The gate was decided before you did',
  lostApproved: 'Approved by {{who}}, {{date}}.',
  lostDenied: 'Denied by {{who}}, {{date}}.',
  yourApproval: 'Your approval did not count.',
  yourDenial: 'Your denial did not count.',
  yourComment: 'What you had written is kept here.',
  yourWords: 'You wrote:',
  lastNotCounted: 'Your last decision did not count',
  lastNotCountedText: '{{why}}. The gate still waits: you may decide again.',
  approve: 'Approve',
  deny: 'Deny',
  approveQuestion: 'Approve this gate?',
  denyQuestion: 'Deny this gate?',
  approveText:
    'The report will be written and shown to everybody who may read it. The first decision counts, and yours is kept with your name.',
  approveTextOfSeveral:
    'Your approval is counted and kept with your name. The report is written once all approvals are there; a denial ends it.',
  denyText:
    'The run ends here and no report is written. The first decision counts, and yours is kept with your name.',
  yesApprove: 'Yes, approve',
  yesDeny: 'Yes, deny',
} as const;

export const evidence = {
  plansAndPrices: 'Plans and prices found',
  asTheyWere_one:
    'Plans and prices that are as they were ({{count, number}} price)',
  asTheyWere_other:
    'Plans and prices that are as they were ({{count, number}} prices)',
  whatChanged: 'What changed',
  notCompared: 'What could not be compared ({{number, number}})',
  seen: 'What was seen',
  signIn: 'Only a form to sign in ({{number, number}})',
  signInText:
    'These pages were seen, but they show a form to sign in and hardly anything else. What stands behind it was not read.',
  notSeen: 'What could not be seen ({{number, number}})',
  morePages_one: '{{count, number}} more page is in the tab Screenshots.',
  morePages_other: '{{count, number}} more pages are in the tab Screenshots.',
  inTabs:
    'The pages and facts that were there to look at are in the tabs Screenshots and Facts.',
  ofPages: '{{observed, number}} of {{pages, number}}',
  pagesObserved: 'pages observed',
  factsWithProof: 'facts, each with proof',
  changesSince: 'changes since the earlier run',
  notComparedNumber: 'not compared',
  unstable: 'of them unstable: two looks disagree',
  notObserved: 'not observed',
  byKind: 'Facts by kind: {{kinds}}',
  ofKind: '{{number, number}} {{kind}}',
  followed:
    'Followed beyond the targets, observed or not, as their pages name them: {{links}}',
  degraded: 'A step had to do without something',
  degradedText:
    'See the logs of the steps below. The report will say what is missing.',
} as const;
