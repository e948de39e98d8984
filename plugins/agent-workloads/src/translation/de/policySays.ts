import type { Translated } from '../messages';
import type * as en from '../en/policySays';

export const policySays: Translated<typeof en.policySays> = {
  cannotJudge:
    'Die Richtlinie kann diesen Lauf nicht beurteilen: Ihre Eingabe oder ihre Datendatei ist nicht wie vereinbart. Sagen Sie es denen, die die Richtlinie pflegen.',
  sandboxRequired: 'Der Browser lief ohne seine Sandbox.',
  hostDenied:
    'Die Website {{host}} darf nicht besucht werden. Nehmen Sie ihre Seiten heraus.',
  hostNotAllowed:
    'Die Website {{host}} gehört nicht zu denen, die besucht werden dürfen. Nehmen Sie ihre Seiten heraus, oder bitten Sie darum.',
  templateNotAllowed:
    'Das WorkflowTemplate {{template}} gehört nicht zu denen, die benutzt werden dürfen.',
  clusterTemplateNotAllowed:
    'Das ClusterWorkflowTemplate {{template}} gehört nicht zu denen, die benutzt werden dürfen.',
  braces:
    'Zwei öffnende geschweifte Klammern hintereinander dürfen nicht in „{{field}}“ stehen: Argo würde ersetzen, was folgt.',
  noHost: 'Keine Seite nennt eine Website.',
  requesterMissing: 'Wer den Lauf anfragt, muss genannt sein.',
  requesterForFourEyes:
    'Hier braucht es zwei Personen, deshalb muss genannt sein, wer den Lauf anfragt.',
  noSummary: 'Der Lauf hat nichts darüber gesagt, was er gefunden hat.',
  artifactMissing: 'Ein Teil dessen, was gesammelt wurde, fehlt: {{artifact}}.',
  stepNotSucceeded: 'Der Schritt „{{step}}“ ist nicht gelungen.',
  degraded: 'Ein Schritt sagt, dass sein Ergebnis nicht vollständig ist.',
  unstable_one:
    'Bei {{count, number}} Seite widersprechen sich zwei Blicke in diesem Lauf.',
  unstable_other:
    'Bei {{count, number}} Seiten widersprechen sich zwei Blicke in diesem Lauf.',
  fewFacts_one: 'Nur {{count, number}} Fakt wurde gefunden.',
  fewFacts_other: 'Nur {{count, number}} Fakten wurden gefunden.',
  sandboxOff: 'Der Browser lief ohne seine Sandbox.',
  sandboxUnknown: 'Niemand kann sagen, ob der Browser seine Sandbox hatte.',
  moreHosts: 'Die Seiten führten zu mehr Websites, als der Lauf nennen konnte.',
  seenAt:
    'Die Seiten wurden am {{at}} für den Lauf {{run}} gesehen, dessen Freigabe nicht rechtzeitig kam.',
  seenBefore:
    'Die Seiten wurden für einen früheren Lauf gesehen, dessen Freigabe nicht rechtzeitig kam.',
  notObserved:
    '{{number, number}} von {{pages, number}} Seiten wurden nicht gesehen.',
  baselineGone:
    'Was der frühere Lauf gespeichert hat, ist weg oder verändert, deshalb wurde nichts verglichen.',
  baselineUnfit:
    'Der Lauf, mit dem er verglichen werden sollte, ist nicht zu gebrauchen, deshalb wurde nichts verglichen.',
  notCompared_one:
    '{{count, number}} Seite oder Teil einer Seite ließ sich nicht mit dem früheren Lauf vergleichen.',
  notCompared_other:
    '{{count, number}} Seiten oder Teile von Seiten ließen sich nicht mit dem früheren Lauf vergleichen.',
  valuesGone:
    'Was der frühere Lauf über Werte im Lauf der Zeit wusste, ist weg oder verändert, deshalb werden kleine Schritte nicht zusammengezählt.',
  firstRun:
    'Es ist der erste Lauf: Es gibt nichts, womit er zu vergleichen wäre.',
  unusual_one:
    '{{count, number}} Änderung ist ungewöhnlich: ein Preis oder sein oberes Ende, der kam oder ging, oder ein Preis, der nichts war oder ist, eine andere Währung oder Einheit hat oder das Dreifache beträgt.',
  unusual_other:
    '{{count, number}} Änderungen sind ungewöhnlich: ein Preis oder sein oberes Ende, der kam oder ging, oder ein Preis, der nichts war oder ist, eine andere Währung oder Einheit hat oder das Dreifache beträgt.',
  priceMoved: 'Ein Preis hat sich um {{percent, number}} % bewegt.',
  plansChanged_one:
    '{{count, number}} Tarif kam, ging oder hat einen neuen Namen.',
  plansChanged_other:
    '{{count, number}} Tarife kamen, gingen oder haben einen neuen Namen.',
  changes_one: '{{count, number}} Änderung seit dem letzten Lauf.',
  changes_other: '{{count, number}} Änderungen seit dem letzten Lauf.',
  pages:
    '{{many, number}} Seiten sind zu viele für einen Lauf: höchstens {{most, number}}.',
  followed:
    '{{many, number}} Seiten, mit denen, denen gefolgt werden darf, sind zu viele für einen Lauf: höchstens {{most, number}}.',
  hosts:
    '{{many, number}} Websites sind zu viele für einen Lauf: höchstens {{most, number}}.',
  time: '„{{field}}“: {{many}} ist zu lang, höchstens {{most}}.',
  keptTooLong:
    'Die Ergebnisse {{many}} aufzubewahren ist zu lang: höchstens {{most}}.',
  keptTooShort:
    'Die Ergebnisse nur {{asked}} aufzubewahren ist zu kurz: mindestens {{least}}.',
  tooOften: 'Ein Lauf alle {{asked}} ist zu oft: mindestens {{least}} Abstand.',
  yours:
    'Schon {{many, number}} Läufe von {{requester}} sind unterwegs, höchstens {{most, number}} dürfen es zugleich sein.',
  nobodys:
    'Im Namespace {{namespace}} sind {{many, number}} Läufe unterwegs, die niemanden nennen, höchstens {{most, number}} dürfen es zugleich sein.',
  runs: 'Im Namespace {{namespace}} sind {{many, number}} Läufe unterwegs, höchstens {{most, number}} dürfen es zugleich sein.',
  group: 'Jemand aus der Gruppe {{group}} muss zustimmen.',
  approvals: '{{many, number}} Personen müssen zustimmen.',
  eyesHost:
    'Über die Website {{host}} entscheidet jemand anders als wer angefragt hat.',
  eyesNamespace:
    'Im Namespace {{namespace}} entscheidet jemand anders als wer angefragt hat.',
  personHost: 'Über die Website {{host}} entscheidet immer eine Person.',
  personNamespace: 'Im Namespace {{namespace}} entscheidet immer eine Person.',
  personPages: 'Über mehr als {{many, number}} Seiten entscheidet eine Person.',
  modeHuman: 'Eine Person entscheidet.',
  more: 'Und {{number, number}} weitere.',
};
