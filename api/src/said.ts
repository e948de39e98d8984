/**
 * What the portal's backend says to the people of its pages, by code; `{{name}}` is a value. The pages say the same in the
 * language of the person, and the English one of the answer where they do not know its code.
 */
export const SAID = {
  gateNotOpen: 'This gate is not open.',
  gateNotOpenAnyMore: 'This gate is not open any more; look at the run again',
  gateApproved: 'This gate was decided already (approve, by {{who}})',
  gateDenied: 'This gate was decided already (deny, by {{who}})',
  gateOther:
    'Another gate waits now than the one you looked at; look at the run again',
  gateOtherEvidence:
    'The gate waits on other evidence than what you looked at; look at the run again',
  gateTimeIsOver: 'The time to decide is over.',
  gateRequesterUnknown:
    'This run needs four eyes, but nobody knows who asked for it, so nobody can decide it. Cancel it and run it again from the portal.',
  gateOwnRun:
    'You asked for this run, and it needs four eyes: somebody else must decide.',
  gateNotPermitted:
    'The policy of this portal does not let you decide gates: ask its administrator for the permission agent-workloads.gate.decide.',
  gateNoApprover:
    'The cluster does not let you decide gates in {{namespace}}: ask whoever runs it for the ClusterRole agentworkloads-approver there.',
  gateYouApproved:
    'You approved this gate already; the operator is carrying it out.',
  gateYouApprovedOf:
    'You approved this gate already. {{number}} of {{needed}} people have.',
  gateYouApprovedOfGroups:
    'You approved this gate already. {{number}} of {{needed}} people have, and of these groups nobody: {{groups}}.',
  gateOthersOfGroups:
    'Enough people approved this gate, but nobody of these groups, and you are in none of them: {{groups}}.',
  gateApprovalGone:
    'An approval that had counted is gone, so no other can open this gate any more: deny it, or let its time run out and open the run again.',
  gateYouDenied:
    'You denied this gate already; the operator is carrying it out.',
  gateApprovalNotUsed:
    'You approved this gate, but the operator could not use it: {{why}}',
  gateDenialNotUsed:
    'You denied this gate, but the operator could not use it: {{why}}',
  gateDecisionsChange:
    'Your decisions on this gate change just now; look at the run again',
  gateTooManyDecisions:
    'The operator could not use {{number}} decisions of yours on this gate. Look at their reasons on the run before you decide again; somebody else may decide.',
  gateNoMoreTime: 'More time could not be asked for; look at the run again',
  gateBadDecision: "The decision can't be taken: {{problem}}",
  gateBadExtension: "The gate can't be extended: {{problem}}",
  gateRunUnreadable: "The run can't be read, so no decision can be taken on it",
  onlyAPersonDecides:
    'Only a person decides a gate, in the portal itself; what acts for a person may not',
  onlyAPersonCallsWrong:
    'Only a person says that a change is none, in the portal itself; what acts for a person may not',
  onlyAPersonTakesBack:
    'Only a person says that a change is one after all, in the portal itself; what acts for a person may not',
  noNameInKubernetes: 'You have no name in Kubernetes.',
  noNameBecause: '{{problem}}',
  permissionMissing:
    "You need the permission {{permission}} for this; ask the owners of the portal's policy",
  runNotFound:
    'There is no run {{namespace}}/{{name}} in cluster "{{cluster}}"',
  runNotKnown:
    'There is no run {{namespace}}/{{name}} in cluster "{{cluster}}" as far as known now ({{why}})',
  cancelRefused: 'It is not cancelled: {{problem}}',
  runEnded: 'The run ended already ({{phase}}); there is nothing to cancel',
  runNotOpenedAgain:
    'Only a run whose gate ran out of time is opened again, and this one did not end so ({{phase}}). Run it again: then the pages are visited.',
  runDeniedInTime:
    '{{who}} denied in time, though that could not be judged before the time was over; nobody is asked a second time about the same pages. Run it again: then the pages are visited.',
  runOpenedAlready:
    'This run was opened again already, as {{run}}: decide there.',
  runOpenedHidden:
    'This run was opened again in a run that you may not read. Run it again: then the pages are visited.',
  runOpenedReported:
    'This run was opened again as {{run}}, and its report is there. Run it again: then the pages are visited.',
  runOpenedDenied:
    'This run was opened again as {{run}}, and {{who}} denied there; nobody is asked once more about the same pages. Run it again: then the pages are visited.',
  runOpenedEnded:
    'This run was opened again as {{run}}, which ended ({{phase}}); nobody is asked once more about the same pages. Run it again: then the pages are visited.',
  checkRefused: "The pages can't be checked: {{problem}}",
  runRefused: "The run can't be started: {{problem}}",
  scheduleNotFound:
    'There is no schedule {{namespace}}/{{name}} in cluster "{{cluster}}"',
  scheduleNotKnown:
    'There is no schedule {{namespace}}/{{name}} in cluster "{{cluster}}" as far as known now ({{why}})',
  scheduleChanged:
    'The schedule {{name}} was changed meanwhile; look at it again',
  scheduleOther:
    'There is another schedule called {{name}} in {{namespace}} now; look at it first',
  scheduleRunTakesOver:
    'The schedule {{name}} is in the name of {{owner}} now, so to run it takes it over from there; look at it again',
  scheduleRunTakesOverFromNobody:
    "The schedule {{name}} is in nobody's name now, so to run it takes it over from there; look at it again",
  scheduleEditTakesOver:
    'The schedule {{name}} is in the name of {{owner}}, so to change what it runs takes it over from there; say yes to that first',
  scheduleEditTakesOverFromNobody:
    "The schedule {{name}} is in nobody's name, so to change what it runs takes it over from there; say yes to that first",
  listRefused: "The list can't be made: {{problem}}",
  changeNotFound:
    'There is no such change; its run may have been forgotten. Look at the list again',
  changeMarkRefused: "The change can't be marked: {{problem}}",
  changeCalledWrong: '{{who}} said before you that it is wrong: “{{reason}}”',
  changeNotYours: '{{who}} said that it is wrong, and alone can take that back',
  changeNotWrong:
    'Nobody says (any more) that it is wrong; look at the list again',
  databaseAway:
    "The portal's database can't be read now. Try again shortly; if it lasts, the log of the portal's backend says why.",
  storageNotConfigured:
    'The portal has no object storage; add agentWorkloads.artifacts to its configuration',
  storageAway:
    "The object storage can't be read now ({{why}}). Try again shortly; if it lasts, agentWorkloads.artifacts or the storage needs mending.",
  storageNoCredentials:
    "The object storage can't be read now: AWS gives the portal no credentials for it. Who runs the portal sets agentWorkloads.artifacts.accessKey and secretKey, an accountId that stands under aws.accounts, or lets the portal run under a role.",
  artifactMissing:
    'The run has no artifact "{{artifact}}" (yet); it has: {{others}}',
  artifactElsewhere:
    'The artifact "{{artifact}}" is in another bucket than the one that the portal reads (agentWorkloads.artifacts.bucket)',
  objectGone:
    'That object is not in the storage (any more); running this again makes a new one',
  objectOfAnotherRun: 'That object belongs to another run',
  objectsNotYet: 'This run has no objects yet',
  objectReplaced:
    "{{what}} is not what the run put out: somebody replaced it in the storage. Don't approve; deny the gate, and find out who may write to the bucket.",
  objectNotOfGate:
    '{{what}} is not part of what the gate opened with, so it is not shown before the decision',
  objectNotThere: '{{what}} is not in the storage (any more)',
  objectTooLarge: '{{what}} is larger than anything that a run puts out',
  logNoStep: 'The run has no step "{{step}}" whose log could be read',
  logNotYet: 'Step "{{step}}" has no log yet',
  logNotYetBecause: 'Step "{{step}}" has no log yet: {{why}}',
  logNoContainer: 'Step "{{step}}" has no log: it runs no container',
  logPodGone: 'The pod of step "{{step}}" is gone, and its log with it',
  clusterAway: "The cluster can't {{doing}} now: {{why}}. Try again shortly.",
  clusterNoAccount:
    "The cluster doesn't accept the portal's account, so it can't {{doing}}; a platform engineer must mend agentWorkloads.clusters.",
  clusterRefused: 'The cluster refused to {{doing}}: {{why}}',
  clusterRefusedPerson:
    'The cluster refused to {{doing}}: {{why}}. The portal asked as "{{who}}" in {{groups}}.',
  clusterRefusedWithoutGroup:
    'The cluster refused to {{doing}}: {{why}}. The portal asked as "{{who}}" in no group: agentWorkloads.identity.groups lists none of this person\'s catalog groups.',
  clusterCannot: "The cluster can't {{doing}}: {{why}}",
} as const;

export type SaidCode = keyof typeof SAID;

type Values<Text extends string> =
  Text extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | Values<Rest>
    : never;

/** The values that a code has. */
export type SaidValues<Code extends SaidCode> = {
  [Name in Values<(typeof SAID)[Code]>]: string | number;
};

/** A sentence, and what it is made of. @public */
export interface Said {
  /** One of `SAID`, or of a later version. */
  code: string;
  values: Record<string, string | number>;
  /** In English. */
  message: string;
}

/** What a sentence is made of. @public */
export type Wording = Pick<Said, 'code' | 'values'>;

export function said<Code extends SaidCode>(
  code: Code,
  values: SaidValues<Code>,
): Said {
  const all: Record<string, string | number> = values;
  const message = SAID[code].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) =>
    String(all[name]),
  );
  return { code, values: all, message };
}
