import type * as en from '../en/launchCheck';
import type { Translated } from '../messages';

export const launchCheck: Translated<typeof en.launchCheck> = {
  title: 'Vor dem Start prüfen',
  text: 'Fragt die Richtlinie, ob ein solcher Lauf starten darf, und jede Website mit ihrer robots.txt, ob die Seiten besucht werden dürfen. Nichts wird gestartet. Die Seiten selbst werden nicht geöffnet: ob sie laden, zeigt erst der Lauf.',
  check: 'Vor dem Start prüfen',
  again: 'Noch einmal prüfen',
  stop: 'Prüfung abbrechen',
  going:
    'Es wird geprüft: zu {{done, number}} von {{all, number}} Seiten ist gefragt.',
  asking: 'Die Richtlinie wird gefragt.',
  stopped: 'Abgebrochen. Unten steht, was bis dahin bekannt war.',
  changed:
    'Das Formular wurde seit der Prüfung geändert. Prüfen Sie noch einmal.',
  noPages:
    'Noch gibt es keine Seiten zu prüfen: nennen Sie sie im ersten Schritt.',
  done: 'Geprüft. Dürfen besucht werden: {{free, number}}. Würden nicht besucht: {{stopped, number}}. Nicht geprüft: {{unknown, number}}.',
  repeat:
    'Geprüft wird ein Lauf. Jeder Lauf eines Zeitplans wird neu beurteilt.',
  starts: 'Der Lauf darf starten',
  policyStarts: 'Die Richtlinie ließe den Lauf starten',
  clusterTakes: 'Der Cluster nähme den Lauf an',
  waits: 'Der Lauf würde vor dem Start warten',
  waitsText: 'Er startet von selbst, sobald Platz ist.',
  denied: 'Die Richtlinie ließe den Lauf nicht starten',
  deniedText:
    'Bessern Sie das aus, hier oder in einem früheren Schritt, und prüfen Sie noch einmal. Was das Formular nicht ändern kann, entscheidet, wer die Richtlinie pflegt.',
  refused: 'Der Cluster nähme den Lauf nicht an',
  nothing: 'Ob der Lauf starten darf, ist nicht bekannt',
  clusterUnknown: 'Der Cluster gab keine Antwort: {{message}}',
  policyNotConfigured:
    'Die Richtlinie wurde nicht gefragt: dieses Portal ist dafür nicht eingerichtet. Sie wird gefragt, wenn der Lauf angelegt ist.',
  policyMisnamed:
    'Die Richtlinie wurde nicht gefragt: Was dieses Portal fragen soll, gehört zu einem Cluster, das es nicht hat. Sagen Sie es denen, die das Portal betreuen: In agentWorkloads.checks.operators steht ein falscher Name. Die Richtlinie wird gefragt, wenn der Lauf angelegt ist.',
  policyAway:
    'Die Richtlinie wurde nicht gefragt: der Operator, der sie fragt, antwortet jetzt nicht. Versuchen Sie es später.',
  policyUnavailable:
    'Die Richtlinie antwortet jetzt nicht. Ein Lauf würde warten, bis sie es tut.',
  gateHuman_one: 'Bevor der Bericht geschrieben wird, muss jemand zustimmen.',
  gateHuman_other:
    'Bevor der Bericht geschrieben wird, müssen {{count, number}} Personen zustimmen.',
  gatePolicy:
    'Die Richtlinie kann ihn freigeben, wenn nichts ungewöhnlich ist; sonst muss jemand zustimmen.',
  gateFourEyes: 'Das muss jemand anders sein als Sie.',
  gateGroups: 'Aus jeder dieser Gruppen muss jemand zustimmen: {{groups}}.',
  because: 'Die Richtlinie verlangt das:',
};

export const pageCheck: Translated<typeof en.pageCheck> = {
  free: 'Dürfen besucht werden ({{number, number}})',
  stopped: 'Würden nicht besucht ({{number, number}})',
  allowed:
    'Die Website antwortet, und ihre robots.txt verbietet diese Seite nicht.',
  allowedBy:
    'Die Website antwortet, und Zeile {{line, number}} ihrer robots.txt erlaubt diese Seite:',
  noRules: 'Die Website hat keine robots.txt, verbietet also nichts.',
  noRulesStatus:
    'Die Website gibt keine robots.txt heraus (Status {{status}}), verbietet also nichts.',
  disallowed:
    'Die robots.txt der Website bittet, diese Seite nicht zu besuchen.',
  disallowedBy:
    'Zeile {{line, number}} ihrer robots.txt bittet, diese Seite nicht zu besuchen:',
  notNow:
    'Die robots.txt der Website ist jetzt nicht zu lesen, daher bliebe die Seite weg. Versuchen Sie es später.',
  notNowStatus:
    'Die robots.txt der Website ist jetzt nicht zu lesen (Status {{status}}), daher bliebe die Seite weg. Versuchen Sie es später.',
  silent: 'Die Website hat nicht rechtzeitig geantwortet.',
  hostDenied: 'Die Richtlinie verbietet diese Website.',
  denied: 'Die Richtlinie ließe sie nicht besuchen:',
  noProxy_one:
    'Was ihre Website sagt, ist nicht geprüft: dieses Portal ist nicht dafür eingerichtet, Websites zu fragen.',
  noProxy_other:
    'Was die Websites von {{count, number}} Seiten sagen, ist nicht geprüft: dieses Portal ist nicht dafür eingerichtet, Websites zu fragen.',
  proxyAway_one:
    'Was ihre Website sagt, ist nicht bekannt: der Weg dorthin, der Egress-Proxy, antwortet jetzt nicht. Versuchen Sie es später.',
  proxyAway_other:
    'Was die Websites von {{count, number}} Seiten sagen, ist nicht bekannt: der Weg dorthin, der Egress-Proxy, antwortet jetzt nicht. Versuchen Sie es später.',
  policyUnknown_one:
    'Ihre Website wurde nicht gefragt, weil nicht bekannt ist, ob die Richtlinie das zulässt.',
  policyUnknown_other:
    'Die Websites von {{count, number}} Seiten wurden nicht gefragt, weil nicht bekannt ist, ob die Richtlinie das zulässt.',
  tooMany_one:
    'Ihre Website wurde nicht gefragt: Sie haben in kurzer Zeit nach vielen Websites fragen lassen. Warten Sie einige Minuten und prüfen Sie noch einmal.',
  tooMany_other:
    'Die Websites von {{count, number}} Seiten wurden nicht gefragt: Sie haben in kurzer Zeit nach vielen Websites fragen lassen. Warten Sie einige Minuten und prüfen Sie noch einmal.',
  unknown_one: 'Über {{count, number}} Seite ist nichts bekannt.',
  unknown_other: 'Über {{count, number}} Seiten ist nichts bekannt.',
};
