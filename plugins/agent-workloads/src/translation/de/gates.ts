import type * as en from '../en/gates';
import type { Translated } from '../messages';

export const gates: Translated<typeof en.gates> = {
  waitingForYou: 'Warten auf Sie',
  waitingForOthers: 'Warten auf andere',
  section: '{{title}} ({{number, number}})',
  nothingWaits: 'Auf Sie wartet nichts.',
  noMatch: 'Keine dieser Freigaben passt dazu.',
  searchIn: 'Name, Fragestellung, Host oder Anforderer',
  none: 'Keine Freigabe steht aus',
  noneText:
    'Hat ein Lauf sein Beweismaterial gesammelt, wartet er hier, bis jemand entscheidet. Diese Seite zeigt es von selbst.',
  unchanged: 'alles verglichen, nichts geändert',
  order: 'Reihenfolge',
  by: {
    deadline: 'Kürzeste Frist zuerst',
    opened: 'Am längsten offen zuerst',
    changes: 'Meiste Änderungen zuerst',
    name: 'Nach Fragestellung',
  },
  review: 'Prüfen und entscheiden',
  lookAt: 'Ansehen',
  actionOf: '{{words}}: Freigabe von {{name}}',
  notObserved_one: '{{count, number}} nicht gesehen',
  notObserved_other: '{{count, number}} nicht gesehen',
  facts_one: '{{count, number}} Fakt',
  facts_other: '{{count, number}} Fakten',
  askedBy: 'Angefordert von {{who}} · geöffnet {{ago}}',
  askedByFourEyes:
    'Angefordert von {{who}}; wer anfordert, entscheidet nicht (vier Augen) · geöffnet {{ago}}',
  policyDoesNotLet:
    'Die Richtlinie dieses Portals lässt Sie nicht entscheiden.',
  showMore_one: '{{count, number}} weitere zeigen',
  showMore_other: '{{count, number}} weitere zeigen',
  someShown: '{{shown, number}} von {{all, number}} werden gezeigt.',
};

export const gate: Translated<typeof en.gate> = {
  title: 'Freigabe',
  question: 'Darf der Bericht geschrieben werden?',
  askedBy:
    'Angefordert von {{who}}. Ohne rechtzeitige Entscheidung gilt die Freigabe als abgelehnt.',
  askedByFourEyes:
    'Angefordert von {{who}}; wer anfordert, entscheidet nicht selbst (vier Augen). Ohne rechtzeitige Entscheidung gilt die Freigabe als abgelehnt.',
  approved: 'Freigegeben',
  denied: 'Abgelehnt',
  by: 'durch {{who}}',
  byAt: 'durch {{who}}, {{date}}',
  noComment: 'Ohne Kommentar.',
  endedUndecided: 'Der Lauf endete, bevor jemand entschied.',
  deciders:
    'Entscheiden dürfen: {{who}} ({{group}}), soweit der Cluster sie lässt.',
  decidersOfGroup:
    'Entscheiden dürfen: Mitglieder von {{group}}, soweit der Cluster sie lässt.',
  decidersUnknown:
    'Wer entscheiden darf, weiß nur der Cluster: fragen Sie seine Betreiber, wer in {{namespace}} die ClusterRole agentworkloads-approver hat.',
  details: 'Kleingedrucktes',
  policyAllows: 'Die Richtlinie ließe ihn durch',
  policyHolds: 'Die Richtlinie verlangt die Entscheidung eines Menschen',
  policyDenies: 'Die Richtlinie lehnt ab',
  policySilent: 'Die Richtlinie hat nicht geantwortet',
  personAllTheSame: 'Dieser Lauf verlangt dennoch einen Menschen.',
  policyRevision: 'Stand der Richtlinie: {{revision}}',
  refused: 'Entscheidungen, die nicht zählten',
  refusedApproved: '{{who}} gab frei: {{why}}',
  refusedDenied: '{{who}} lehnte ab: {{why}}',
  viaPolicy: 'die Richtlinie',
  viaTimeout: 'die Frist der Freigabe',
  viaDeadline: 'die Frist des Laufs',
  viaCancelBy: 'Abbruch des Laufs durch {{who}}',
  viaCancel: 'Abbruch des Laufs',
  viaOperator: 'den Operator, weil die Entscheidung verschwunden war',
  viaUnnamed: 'Unbekannt',
};

export const moreTime: Translated<typeof en.moreTime> = {
  button: 'Mehr Zeit',
  title: 'Mehr Zeit zum Entscheiden lassen?',
  text: 'Damit ist nichts entschieden. Der Lauf wartet länger, und Ihr Name steht dabei.',
  until: 'Die Freigabe wartet bis',
  why: 'Warum (freiwillig)',
  leave: 'Mehr Zeit lassen',
  left: '{{who}} hat mehr Zeit gelassen, bis {{date}}.',
  leftWhy: '{{who}} hat mehr Zeit gelassen, bis {{date}}: {{why}}',
};

export const why: Translated<typeof en.why> = {
  title: 'Ein Mensch muss hinsehen',
  asked: 'Wer den Lauf angefordert hat, wollte es so.',
  changed_one: 'Etwas hat sich geändert: {{count, number}} Änderung.',
  changed_other: 'Etwas hat sich geändert: {{count, number}} Änderungen.',
  policy: 'Die Richtlinie verlangt es:',
  policyAlways: 'Die Richtlinie verlangt es.',
  policySilent:
    'Die Richtlinie hat nicht geantwortet, darum geht nichts von selbst durch.',
};

export const votes: Translated<typeof en.votes> = {
  title: 'Freigaben',
  count: '{{number, number}} von {{needed, number}}',
  missing_one: '{{votes}}, {{groups}} fehlt',
  missing_other: '{{votes}}, {{groups}} fehlen',
  approved: '{{who}}, {{date}}',
  approvedFor: '{{who}} für {{groups}}, {{date}}',
  gone: 'Eine Zustimmung, die zählte, ist nicht mehr da: Diese Freigabe kann nicht mehr erteilt werden',
};

export const together: Translated<typeof en.together> = {
  choose: 'Zur gemeinsamen Freigabe wählen: {{name}}',
  all: 'Alle {{number, number}}, bei denen alles verglichen wurde und nichts geändert ist',
  first:
    'Die ersten {{number, number}} von {{all, number}}, bei denen alles verglichen wurde und nichts geändert ist',
  button: 'Gewählte freigeben ({{number, number}})',
  question_one: '{{count, number}} Lauf freigeben?',
  question_other: '{{count, number}} Läufe freigeben?',
  text: 'Jeder bekommt eine eigene Freigabe, genau für das, was für ihn gesammelt wurde. Bei jedem wurden alle Seiten gesehen und mit dem früheren Lauf verglichen, und nichts ist geändert.',
  yes_one: 'Ja, {{count, number}} freigeben',
  yes_other: 'Ja, alle {{count, number}} freigeben',
  approved: 'Freigegeben.',
  refused: 'Nicht freigegeben: {{why}}',
  done: 'Freigegeben: {{approved, number}}. Nicht freigegeben: {{refused, number}}.',
};

export const nextGate: Translated<typeof en.nextGate> = {
  ofSeveral: 'Nächste Freigabe ({{place, number}} von {{number, number}})',
  waiting_one: 'Nächste Freigabe ({{count, number}} wartet auf Sie)',
  waiting_other: 'Nächste Freigabe ({{count, number}} warten auf Sie)',
};

export const decision: Translated<typeof en.decision> = {
  bar: 'Entscheiden',
  keys: 'Tasten: A gibt frei, D lehnt ab, beide fragen nach',
  mayDeny: 'Ihre Freigabe brächte nichts Neues; ablehnen können Sie noch',
  mayNot: 'Sie dürfen über diese Freigabe nicht entscheiden',
  policyDoesNotLet: 'Die Richtlinie dieses Portals lässt es nicht zu.',
  youApproved: 'Sie haben freigegeben',
  youDenied: 'Sie haben abgelehnt',
  recorded:
    'Ihre Entscheidung ist festgehalten. Der Operator führt sie aus; diese Seite zeigt es von selbst.',
  comment: 'Kommentar',
  requiredToDeny: 'Zum Ablehnen nötig',
  commentText:
    'Bleibt bei der Entscheidung; wer den Lauf angefordert hat, liest ihn.',
  sayWhy:
    'Sagen Sie, warum Sie ablehnen: wer den Lauf angefordert hat, liest es.',
  tooLong: 'Höchstens {{most}} Zeichen; es sind {{characters}}.',
  lost: 'Die Entscheidung fiel vor Ihrer',
  lostApproved: 'Freigegeben durch {{who}}, {{date}}.',
  lostDenied: 'Abgelehnt durch {{who}}, {{date}}.',
  yourApproval: 'Ihre Freigabe zählte nicht.',
  yourDenial: 'Ihre Ablehnung zählte nicht.',
  yourComment: 'Was Sie geschrieben hatten, steht hier.',
  yourWords: 'Sie schrieben:',
  lastNotCounted: 'Ihre letzte Entscheidung zählte nicht',
  lastNotCountedText:
    '{{why}}. Die Freigabe steht noch aus: Sie können erneut entscheiden.',
  approve: 'Freigeben',
  deny: 'Ablehnen',
  approveQuestion: 'Freigeben?',
  denyQuestion: 'Ablehnen?',
  approveText:
    'Der Bericht wird geschrieben und allen gezeigt, die ihn lesen dürfen. Die erste Entscheidung zählt, und Ihre bleibt mit Ihrem Namen vermerkt.',
  approveTextOfSeveral:
    'Ihre Freigabe zählt und bleibt mit Ihrem Namen vermerkt. Der Bericht wird geschrieben, sobald alle Freigaben da sind; eine Ablehnung beendet den Lauf.',
  denyText:
    'Der Lauf endet hier, und es wird kein Bericht geschrieben. Die erste Entscheidung zählt, und Ihre bleibt mit Ihrem Namen vermerkt.',
  yesApprove: 'Ja, freigeben',
  yesDeny: 'Ja, ablehnen',
};

export const evidence: Translated<typeof en.evidence> = {
  plansAndPrices: 'Gefundene Tarife und Preise',
  asTheyWere_one: 'Unveränderte Tarife und Preise ({{count, number}} Preis)',
  asTheyWere_other: 'Unveränderte Tarife und Preise ({{count, number}} Preise)',
  whatChanged: 'Was sich geändert hat',
  notCompared: 'Was sich nicht vergleichen ließ ({{number, number}})',
  seen: 'Was zu sehen war',
  signIn: 'Nur eine Anmeldung ({{number, number}})',
  signInText:
    'Diese Seiten waren zu sehen, zeigen aber eine Anmeldung und kaum etwas sonst. Was dahinter steht, wurde nicht gelesen.',
  notSeen: 'Was nicht zu sehen war ({{number, number}})',
  morePages_one:
    '{{count, number}} weitere Seite steht im Reiter Bildschirmfotos.',
  morePages_other:
    '{{count, number}} weitere Seiten stehen im Reiter Bildschirmfotos.',
  inTabs:
    'Die Seiten und Fakten, die zur Entscheidung vorlagen, stehen in den Reitern Bildschirmfotos und Fakten.',
  ofPages: '{{observed, number}} von {{pages, number}}',
  pagesObserved: 'Seiten gesehen',
  factsWithProof: 'Fakten, jeder mit Beleg',
  changesSince: 'Änderungen seit dem früheren Lauf',
  notComparedNumber: 'nicht verglichen',
  unstable: 'davon unbeständig: zwei Blicke widersprechen sich',
  notObserved: 'nicht gesehen',
  byKind: 'Fakten nach Art: {{kinds}}',
  ofKind: '{{number, number}} × {{kind}}',
  followed:
    'Über die Ziele hinaus verfolgt, gesehen oder nicht, wie deren Seiten sie nennen: {{links}}',
  degraded: 'Ein Schritt musste ohne etwas auskommen',
  degradedText:
    'Siehe die Protokolle der Schritte weiter unten. Der Bericht wird sagen, was fehlt.',
};
