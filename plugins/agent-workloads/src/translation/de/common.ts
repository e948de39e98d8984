import type * as en from '../en/common';
import type { Translated } from '../messages';

export const common: Translated<typeof en.common> = {
  locale: 'de',
  nav: {
    title: 'Agent Workloads',
    runs: 'Läufe',
    gates: 'Freigaben',
    changes: 'Änderungen',
    schedules: 'Zeitpläne',
  },
  newScrape: 'Neuer Lauf',
  newSchedule: 'Neuer Zeitplan',
  any: 'Alle',
  all: 'Alle',
  search: 'Suche',
  clearFilters: 'Filter löschen',
  goBack: 'Zurück',
  close: 'Schließen',
  pageTitle: '{{page}} | {{title}}',
  retry: 'Noch einmal versuchen',
  required: 'Pflichtfeld',
  copied: 'Kopiert',
  copyFailed: 'Nicht erlaubt: bitte von Hand markieren und kopieren',
  nobodyNamed: 'Unbekannt',
  loading: 'Wird geladen: {{what}}',
  andMore_one: 'und noch {{count, number}}',
  andMore_other: 'und noch {{count, number}}',
  moreOf_one: '{{count, number}} weiteres',
  moreOf_other: '{{count, number}} weitere',
  pages_one: '{{count, number}} Seite',
  pages_other: '{{count, number}} Seiten',
  changes_one: '{{count, number}} Änderung',
  changes_other: '{{count, number}} Änderungen',
  problems: 'Probleme',
  lineProblem: 'Zeile {{line}}: {{message}}',
};

export const time: Translated<typeof en.time> = {
  unknown: 'unbekannt',
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} Tg.',
  justNow: 'gerade eben',
  ago: 'vor {{time}}',
  in: 'in {{time}}',
  dueNow: 'jetzt fällig',
  left: 'noch {{time}}',
  over: 'Frist abgelaufen',
  noLimit: 'ohne Frist',
};

export const what: Translated<typeof en.what> = {
  runs: 'Läufe',
  run: 'Lauf {{name}}',
  gates: 'Freigaben',
  changes: 'Änderungen',
  evidence: 'Beweismaterial',
  report: 'Bericht',
  reports: 'Berichte',
  reportsOfEntity: 'Berichte dieser Entität',
  runsOfEntity: 'Läufe dieser Entität',
  otherChanges: 'Änderungen aus anderen Berichten',
  events: 'Ereignisse',
  log: 'Protokoll',
  facts: 'Fakten',
  screenshots: 'Bildschirmfotos',
  schedules: 'Zeitpläne',
  schedule: 'Zeitplan',
  scheduleAsks: 'Inhalt des Zeitplans',
  entities: 'Entitäten des Katalogs',
  savedPage: 'gespeicherte Seite',
  savedText: 'gespeicherter Text',
  savedByEarlier: 'Gespeichertes des früheren Laufs',
  pageList: 'Liste der Seiten',
  savedList: 'Liste des Gespeicherten jenes Laufs',
  file: 'Datei',
};

export const action: Translated<typeof en.action> = {
  checkLaunch: 'diesen Lauf vorher prüfen',
  cancelRun: 'diesen Lauf abbrechen',
  openAgain: 'diesen Lauf noch einmal vorlegen',
  runAgain: 'diesen Lauf wiederholen',
  decideGate: 'über diese Freigabe entscheiden',
  extendGate: 'mehr Zeit lassen',
  markChange: 'die Änderung markieren',
  testPage: 'die Testseite ausgeben',
  takeBack: 'das zurücknehmen',
  callWrong: 'diese Änderung als falsch melden',
  makeSchedule: 'den Zeitplan anlegen',
  runNow: '{{name}} jetzt ausführen',
  suspend: '{{name}} anhalten',
  resume: '{{name}} fortsetzen',
  change: '{{name}} ändern',
  delete: '{{name}} löschen',
};

export const problem: Translated<typeof en.problem> = {
  signIn: 'Neu anmelden',
  slow: 'Noch keine Antwort: {{what}}',
  slowText:
    'Sie kommt von selbst, sobald es eine gibt. Bleibt es so, antwortet vielleicht der Objektspeicher oder der Cluster nicht: sagen Sie es denen, die das Portal betreiben.',
  noPage: 'Diese Seite gibt es nicht',
  noPageText: 'Die Adresse ist vielleicht vertippt, oder ein alter Link.',
  toRuns: 'Zu den Läufen',
  sessionEnded: 'Ihre Sitzung ist beendet',
  signInToSee: 'Melden Sie sich neu an, um dies zu sehen: {{what}}.',
  signInTo: 'Melden Sie sich neu an, um dies zu tun: {{action}}.',
  mayNotSee: 'Sie haben keinen Zugriff: {{what}}',
  askOwners:
    '{{message}} Bitten Sie die Verantwortlichen dieses Portals um die Berechtigung.',
  notFound: 'Nicht gefunden: {{what}}',
  deletedOrMistyped:
    '{{message}} Vielleicht wurde es gelöscht, oder die Adresse ist falsch geschrieben.',
  notAvailable: 'Zurzeit nicht verfügbar: {{what}}',
  nothingLost: '{{message}} Es geht derweil nichts verloren.',
  notLoaded: 'Konnte nicht geladen werden: {{what}}',
  noAnswer:
    'Das Portal antwortet nicht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  mayNotDo: 'Sie dürfen das nicht: {{action}}',
  somethingElseFirst: 'Nicht ausgeführt: etwas anderes kam zuvor',
  notDone: 'Nicht gelungen: {{action}}',
};

export const cluster: Translated<typeof en.cluster> = {
  accountLacks: 'Dem Konto des Portals fehlen Rechte',
  accountLacksText:
    'Manches wird abgelehnt werden: {{rights}}. Wer das Portal betreibt, muss das beheben und das Backend neu starten.',
  unread: 'Der Cluster {{name}} ist zurzeit nicht lesbar',
  unreadMany_one: '{{count, number}} Cluster ist zurzeit nicht lesbar',
  unreadMany_other: '{{count, number}} Cluster sind zurzeit nicht lesbar',
  unreadText:
    'Was Sie davon sehen, ist vielleicht veraltet. Das Portal versucht es von selbst wieder. {{details}}',
  firstListMissing: 'die erste Liste ist noch nicht da',
};

export const phase: Translated<typeof en.phase> = {
  Pending: 'Vorgemerkt',
  Running: 'Läuft',
  AwaitingApproval: 'Freigabe offen',
  PolicyDenied: 'Abgewiesen',
  Completed: 'Abgeschlossen',
  Failed: 'Fehlgeschlagen',
  TimedOut: 'Abgelaufen',
  Denied: 'Abgelehnt',
  Cancelled: 'Abgebrochen',
  unknown: 'Unbekannt',
};

export const phaseMeans: Translated<typeof en.phaseMeans> = {
  Pending: 'Wartet auf die Richtlinie oder auf einen freien Platz im Cluster.',
  Running: 'Die Schritte sind in Arbeit.',
  AwaitingApproval:
    'Ein Mensch muss entscheiden, bevor der Bericht geschrieben wird.',
  PolicyDenied: 'Die Richtlinie ließ diesen Lauf nicht beginnen.',
  Completed: 'Der Bericht liegt vor.',
  Failed: 'Der Lauf endete ohne Bericht.',
  TimedOut: 'Eine Frist verstrich, bevor der Lauf zu Ende war.',
  Denied: 'Die Freigabe wurde abgelehnt, daher gibt es keinen Bericht.',
  Cancelled: 'Jemand hat diesen Lauf abgebrochen.',
  unknown: 'Dieses Portal kennt die Phase nicht.',
};

export const step: Translated<typeof en.step> = {
  scrape: 'Erfassung',
  screenshot: 'Bildschirmfotos',
  dom: 'Fakten',
  gate: 'Freigabe',
  synthesis: 'Bericht',
};

export const stepDoes: Translated<typeof en.stepDoes> = {
  scrape:
    'Besucht jede Seite einmal und behält ihren Text, ihr HTML und je ein Bildschirmfoto für Desktop und Mobilgerät.',
  screenshot: 'Macht aus den Bildschirmfotos Vorschaubilder und Kacheln.',
  dom: 'Findet in den gespeicherten Seiten Tarife, Preise, Funktionen und Überschriften, jeweils mit Beleg.',
  gate: 'Wartet, bis ein Mensch oder die Richtlinie den Bericht schreiben lässt.',
  synthesis: 'Schreibt aus den Fakten den Bericht.',
};

export const stepPhase: Translated<typeof en.stepPhase> = {
  Pending: 'Wartet',
  Running: 'Läuft',
  Succeeded: 'Fertig',
  Failed: 'Fehlgeschlagen',
  Error: 'Fehler',
  Skipped: 'Übersprungen',
  Omitted: 'Nicht gelaufen',
  stopped: 'Angehalten',
  gateWaits: 'Steht aus',
  gatePassed: 'Freigegeben',
  gateShut: 'Geschlossen',
};
