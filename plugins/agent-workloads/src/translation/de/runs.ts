import type * as en from '../en/runs';
import type { Translated } from '../messages';

export const runs: Translated<typeof en.runs> = {
  filter: 'Läufe filtern',
  phase: 'Phase',
  requestedBy: 'Auftrag von',
  entity: 'Entität',
  host: 'Host',
  run: 'Lauf',
  hosts: 'Hosts',
  started: 'Beginn',
  duration: 'Dauer',
  report: 'Bericht',
  read: 'Lesen',
  reportOf: '{{words}}: Bericht von {{name}}',
  noMatch: 'Kein Lauf passt dazu',
  noMatchText:
    'Nehmen Sie einen Filter weg, oder suchen Sie nach etwas Kürzerem.',
  none: 'Noch keine Läufe',
  noneText:
    'Ein Lauf besucht die öffentlichen Seiten, die Sie nennen, bittet um Freigabe und schreibt einen Bericht über Tarife, Preise und Änderungen. Starten Sie den ersten.',
};

export const run: Translated<typeof en.run> = {
  parts: 'Teile des Laufs',
  overview: 'Überblick',
  report: 'Bericht',
  screenshots: 'Bildschirmfotos',
  facts: 'Fakten',
  events: 'Ereignisse',
  resource: 'Ressource',
  title: '{{phase}}: {{name}}',
  wholeObjective: 'Die ganze Fragestellung',
  technicalName: 'Technischer Name: {{name}}',
  mayBeOld: 'Was Sie sehen, ist vielleicht veraltet',
  mayBeOldText:
    'Der Lauf ist zurzeit nicht lesbar. Die Seite versucht es von selbst wieder.',
  took: 'Dauerte',
  runningFor: 'Läuft seit',
  keptUntil: 'Aufbewahrt bis',
  gate: 'Freigabe',
  place: 'Cluster und Namespace',
  nobodyAsks:
    'Niemand steht als anfragende Person darin, daher erfährt niemand, wie es endet, und abbrechen kann ihn nur, wer jeden Lauf abbrechen darf. Schreiben Sie beim nächsten Mal spec.requestedBy.username in die Datei: Ihren eigenen Namen im Cluster.',
  entityHint:
    'Die Seite der Entität zeigt diesen Bericht noch nicht. Für einen Reiter und eine Karte dort ergänzen Sie die Annotationen in ihrer Katalogdatei um: {{line}}',
  cancel: 'Abbrechen',
  beingCancelled: 'Wird abgebrochen',
  cancelQuestion: 'Diesen Lauf abbrechen?',
  cancelText:
    'Die Schritte werden beendet, und es wird kein Bericht geschrieben. Was bisher gesammelt wurde, bleibt. Das lässt sich nicht rückgängig machen.',
  cancelWhy: 'Warum (freiwillig)',
  cancelWhyText:
    'Es steht mit Ihrem Namen im Lauf, für alle, die ihn sehen dürfen.',
  cancelledBy: 'Abgebrochen von {{who}}, {{date}}',
  beingCancelledBy:
    '{{who}} bricht diesen Lauf ab: seine Schritte werden angehalten',
  cancelledWhy: 'Warum: {{reason}}',
  cancelButton: 'Lauf abbrechen',
  again: 'Wiederholen',
  stepFailed:
    'Der Schritt „{{step}}“ ist gescheitert. Sein Protokoll sagt, warum. ({{details}})',
  stepFailedTries:
    'Der Schritt „{{step}}“ ist nach {{tries}} Versuchen gescheitert. Sein Protokoll sagt, warum. ({{details}})',
  openAgain: 'Mit dem Gesehenen noch einmal vorlegen',
  openAgainText:
    'Startet einen neuen Lauf mit den Seiten, die dieser gesichert hat: keine wird noch einmal besucht, und die Freigabe beginnt von vorn. Angefordert ist er dann von Ihnen.',
  openAgainFourEyes:
    'Startet einen neuen Lauf mit den Seiten, die dieser gesichert hat: keine wird noch einmal besucht, und die Freigabe beginnt von vorn. Angefordert ist er dann von Ihnen, deshalb dürfen Sie ihn nicht selbst entscheiden (Vier Augen).',
  notOpenedAgain: 'Nicht noch einmal vorzulegen: {{why}}',
  pagesSeen: 'Seiten gesehen',
  seenBefore: '{{date}}, im Lauf {{run}}',
  againChanged: 'Mit Änderungen wiederholen',
  againQuestion: 'Diesen Lauf wiederholen?',
  againText_one:
    'Ein neuer Lauf mit derselben URL ({{count, number}}), Fragestellung und Freigabe beginnt, angefordert von Ihnen.',
  againText_other:
    'Ein neuer Lauf mit denselben {{count, number}} URLs, derselben Fragestellung und Freigabe beginnt, angefordert von Ihnen.',
  copyYaml: 'YAML kopieren',
  yaml: 'Ressource als YAML',
};

export const events: Translated<typeof en.events> = {
  lastSeen: 'Zuletzt',
  reason: 'Grund',
  message: 'Meldung',
  about: 'Betrifft',
  times_one: '{{message}} ({{count, number}}-mal)',
  times_other: '{{message}} ({{count, number}}-mal)',
  none: 'Keine Ereignisse',
  noneText:
    'Kubernetes behält Ereignisse etwa eine Stunde lang. Die Zustände des Laufs bleiben: siehe den Reiter Ressource.',
};

export const steps: Translated<typeof en.steps> = {
  title: 'Schritte',
  ofTheRun: 'Schritte des Laufs',
  none: 'Keine Schritte',
  endedBefore: 'Der Lauf endete, bevor sein Workflow begann.',
  notBegun:
    'Zuerst wird die Richtlinie gefragt, dann beginnt der Workflow. Die Schritte erscheinen hier von selbst.',
  gateNotOpened:
    'Noch steht keine Freigabe an: zuerst kommen die Schritte davor.',
  gateAtTop: 'Alles zur Freigabe steht oben auf dieser Seite.',
  gateFurtherDown: 'Alles zur Freigabe steht weiter unten auf dieser Seite.',
  comesAfter: ', kommt nach {{steps, list}}',
  retries_one: '{{count, number}} Wiederholung',
  retries_other: '{{count, number}} Wiederholungen',
  step: 'Schritt {{name}}',
  notRun: 'Nicht gelaufen',
  notBegunYet: 'Nicht begonnen',
  triedAgain_one: ' · {{count, number}}-mal wiederholt',
  triedAgain_other: ' · {{count, number}}-mal wiederholt',
  pod: ' · Pod {{name}}',
  whyFailed: 'Warum er fehlschlug',
  logSaysWhy: 'Das Protokoll sagt, warum.',
  notTriedAgain:
    '{{message}} Es wurde nicht noch einmal versucht: ein neuer Versuch würde ebenso enden.',
  noLogNotRun: 'Kein Protokoll: der Schritt wurde nicht ausgeführt.',
  noLogNotBegun: 'Noch kein Protokoll: der Schritt hat nicht begonnen.',
  noLogPodStarts: 'Noch kein Protokoll: der Pod wird gestartet.',
  noLogPodGone: 'Kein Protokoll: der Pod ist fort und sein Protokoll mit ihm.',
  log: 'Protokoll',
  logOf: 'Protokoll von {{name}}',
  technical: 'Technische Zeilen zeigen',
  logOpening: 'Protokoll wird geöffnet…',
  logLive: 'Live',
  logEnded: 'Beendet',
  logLost: 'Verbindung verloren, neuer Versuch…',
  download: 'Herunterladen',
  pagesDone: '{{done, number}} von {{all, number}} Seiten',
  earlierLines_one:
    '{{count, number}} frühere Zeile steht in der Datei; hier sind die letzten {{shown, number}}.',
  earlierLines_other:
    '{{count, number}} frühere Zeilen stehen in der Datei; hier sind die letzten {{shown, number}}.',
  nothingWritten: 'Noch wurde nichts geschrieben.',
};

export const home: Translated<typeof en.home> = {
  about:
    'Was Wettbewerber über Tarife und Preise sagen, Woche für Woche: einen Lauf starten, die Belege ansehen, freigeben, den Bericht lesen.',
  gatesTitle: 'Freigaben, die auf Sie warten',
  runsTitle: 'Neueste Läufe',
  changesTitle: 'Was sich seit Ihrem Besuch geändert hat',
  demoTitle: 'Zum Ausprobieren',
  noRuns: 'Noch keine Läufe. Starten Sie den ersten.',
  allRuns: 'Alle Läufe',
  allGates: 'Alle Freigaben',
  allGatesOthers_one: 'Alle Freigaben ({{count, number}} wartet auf andere)',
  allGatesOthers_other: 'Alle Freigaben ({{count, number}} warten auf andere)',
  nothingChanged: 'Seit Ihrem letzten Besuch hat sich nichts geändert.',
  noCompletedRun:
    'Noch ist kein Lauf abgeschlossen: was ein Lauf an Änderungen fand, steht hier nach seiner Freigabe.',
  allUnread: 'Alles Ungelesene',
  allChanges: 'Alle Änderungen',
  demoObjective: 'Was verlangen diese drei, und was hat sich geändert?',
  demoAbout:
    '{{names}} sind erfunden und ändern ihre Seiten nach jedem abgeschlossenen Lauf.',
  demoFill:
    'Drücken Sie den Knopf: er füllt das Formular aus. Starten Sie es, wie es ist.',
  demoThree:
    'Drei Läufe entstehen, im Abstand von zwei Minuten. Den ersten gibt die Richtlinie von selbst frei: es gibt noch nichts zu vergleichen.',
  demoSecond:
    'Der zweite findet Änderungen und wartet auf Freigabe, wenn sie groß sind. Melden Sie sich als Alice an, sehen Sie die Belege an und geben Sie frei.',
  demoChanges: 'Die Seite Änderungen sagt, was war und was ist.',
  demoButton: 'In fünf Minuten eine Änderung sehen',
};

export const entity: Translated<typeof en.entity> = {
  report: 'Wettbewerbsbericht',
  reportWaits: 'Ein neuer Bericht wartet auf Freigabe',
  reportOnTheWay: 'Ein neuer Bericht ist unterwegs',
  openGate: 'Freigabe öffnen',
  followRun: 'Lauf verfolgen',
  reportsOf: 'Berichte dieser Entität',
  reports: 'Berichte',
  latest: '{{date}} (neuester)',
  fromRun: 'Aus dem Lauf {{run}}: {{objective}}',
  otherChanges: 'Letzte Änderungen aus anderen Berichten',
  allChanges: 'Alle Änderungen dieser Entität',
  none: 'Noch kein Wettbewerbsbericht',
  noneText:
    'Starten Sie einen Lauf für diese Entität: sein Bericht, mit dem Beleg für jeden Fakt, steht hier, sobald ihn jemand freigegeben hat.',
  latestReport: 'Neuester Bericht {{ago}}.',
  latestReportChanges_one:
    'Neuester Bericht {{ago}}, {{count, number}} Änderung.',
  latestReportChanges_other:
    'Neuester Bericht {{ago}}, {{count, number}} Änderungen.',
  noReport: 'Noch kein Bericht.',
  onTheWay_one: '{{count, number}} unterwegs.',
  onTheWay_other: '{{count, number}} unterwegs.',
};
