import type * as en from '../en/schedules';
import type { Translated } from '../messages';

export const schedules: Translated<typeof en.schedules> = {
  title: 'Zeitpläne',
  none: 'Noch keine Zeitpläne',
  noneText:
    'Ein Zeitplan stellt immer wieder dieselbe Frage, etwa jeden Montag um sieben, und vergleicht jeden Lauf mit dem davor. Das Formular fragt auf seiner zweiten Seite, wie oft.',
  all: 'Alle Zeitpläne',
  pageTitle: 'Zeitplan: {{name}}',
  notSeen: 'Kein Zeitplan {{name}} ist in {{namespace}} zu sehen',
  notSeenText:
    'Einer, der eben erst angelegt wurde, kommt von selbst. Sonst wurde er gelöscht, oder Sie dürfen ihn nicht sehen.',
  schedule: 'Zeitplan',
  when: 'Wann',
  next: 'Nächster, Ihre Zeit',
  last: 'Letzter Lauf',
  state: 'Zustand',
  actions: 'Aktionen',
  for: '{{pages}} für {{who}}',
  forNobody: '{{pages}}, in niemandes Namen',
  noRunYet: 'Noch keiner',
  lastRunOf: 'Letzter Lauf von {{schedule}}: {{run}}',
  moreGoOn_one: '{{count, number}} weiterer seiner Läufe ist unterwegs',
  moreGoOn_other: '{{count, number}} weitere seiner Läufe sind unterwegs',
  runNowSays: 'Sofortlauf: {{answer}}',
  runNow: 'Jetzt ausführen',
  runNowOf: 'Jetzt ausführen: {{name}}',
  suspend: 'Anhalten',
  resume: 'Fortsetzen',
  suspendOf: '{{name}} anhalten',
  resumeOf: '{{name}} fortsetzen',
  notStarted: 'Nicht gestartet',
  notStartedOf: 'Nicht gestartet: {{name}}',
  isSuspended:
    '{{name}} ist angehalten: zu seinen Terminen wird nichts gestartet.',
  isResumed: '{{name}} läuft wieder: seine Termine gelten wieder.',
  answer: '{{name}}: {{answer}}',
  runAskedFor: 'Ein Lauf von {{name}} ist angefordert.',
};

export const scheduleState: Translated<typeof en.scheduleState> = {
  suspended: 'Angehalten',
  notLookedAt: 'Noch nicht geprüft',
  notTakenUp: 'Der Operator hat ihn noch nicht aufgegriffen.',
  ready: 'Bereit',
  refused: 'Abgelehnt',
  waits: 'Wartet',
};

export const runNow: Translated<typeof en.runNow> = {
  notAnswered:
    'Der Lauf ist angefordert; der Operator hat noch nicht geantwortet.',
  started: '{{run}} wurde gestartet.',
  notStartedSays: 'Es wurde kein Lauf gestartet. {{message}}',
  notStarted: 'Es wurde kein Lauf gestartet: {{why}}.',
  InvalidSchedule: 'seine Zeitangabe bedeutet nichts',
  InvalidTimeZone: 'seine Zeitzone bedeutet nichts',
  InvalidSpec: 'seine Vorlage lässt sich nicht ausführen',
  PolicyDenies: 'die Richtlinie würde ihn ablehnen',
  RequesterMayNot:
    'die Person, in deren Namen es geschah, darf dort keine Läufe anlegen',
  StillRunning: 'ein früherer Lauf ist noch unterwegs',
  ScheduleChanged: 'ein anderer Lauf wurde angefordert, bevor er angelegt war',
  RunNotMade: 'der API-Server weigerte sich, ihn anzulegen, bis es zu spät war',
  TooLate: 'er ließ sich nicht rechtzeitig anlegen',
  NameTaken: 'es gibt schon einen Lauf seines Namens',
  unknown: 'ein Grund ist nicht bekannt',
};

export const notStarted: Translated<typeof en.notStarted> = {
  title: 'Was {{name}} nicht gestartet hat',
  row: '{{from}} bis {{to}}, {{times, number}} Termine',
  byHand: 'Zuletzt von Hand angefordert, {{time}}: {{answer}}',
  some: 'Termine, die zu keinem Lauf führten, die letzten zuerst. Höchstens zehn Gründe werden gezeigt; kubectl describe hat bis zu fünfzig. Alle Zeiten sind Ihre ({{timeZone}}).',
  none: 'Jeder bekannte Termin führte zu seinem Lauf. Alle Zeiten sind Ihre ({{timeZone}}).',
};

export const edit: Translated<typeof en.edit> = {
  change: 'Ändern',
  delete: 'Löschen',
  pages_one: 'Die Seite jedes Laufs',
  pages_other: 'Die Seiten jedes Laufs',
  deleteQuestion: '{{name}} löschen?',
  deleteRuns_one:
    'Mit ihm wird der Lauf gelöscht, den er angelegt hat, samt Workflows und Entscheidungen. Was im Objektspeicher liegt und die aufgenommenen Änderungen bleiben. Um ihn nur zu stoppen und alles zu behalten, halten Sie ihn an.',
  deleteRuns_other:
    'Mit ihm werden die {{count, number}} Läufe gelöscht, die er angelegt hat, samt Workflows und Entscheidungen. Was im Objektspeicher liegt und die aufgenommenen Änderungen bleiben. Um ihn nur zu stoppen und alles zu behalten, halten Sie ihn an.',
  deleteNoRuns:
    'Er hat keinen Lauf angelegt, den es noch gibt. Was im Objektspeicher liegt und die aufgenommenen Änderungen bleiben. Um ihn nur zu stoppen und alles zu behalten, halten Sie ihn an.',
  title: '{{name}} ändern',
  objective: 'Fragestellung',
  urls: 'Zu besuchende Seiten',
  urlsText: 'Eine URL je Zeile.',
  overlap: 'Solange ein früherer Lauf unterwegs ist, auch in seiner Freigabe',
  Forbid: 'Der neue Lauf entfällt',
  Allow: 'Beide laufen',
  Replace: 'Der frühere Lauf wird abgebrochen',
  completedKept: 'Aufbewahrte abgeschlossene Läufe',
  otherKept: 'Aufbewahrte andere Läufe',
  inNameOf: 'im Namen von {{who}}',
  inNoName: 'in niemandes Namen',
  takesOver:
    'Er läuft {{whose}}. Wer ändert, was er ausführt, übernimmt ihn: seine Läufe gehen in Ihrem Namen weiter.',
  takeOverQuestion: 'Ändern und übernehmen?',
  takeOverText:
    '{{name}} läuft {{whose}}. Wer ändert, was er ausführt, übernimmt ihn: seine Läufe gehen von nun an in Ihrem Namen weiter. Das Vier-Augen-Prinzip vergleicht dann mit Ihrem Namen.',
  takeOverButton: 'Übernehmen und speichern',
  runQuestion: 'Jetzt ausführen und übernehmen?',
  runText:
    '{{name}} läuft in niemandes Namen. Wer ihn jetzt ausführt, übernimmt ihn: seine Läufe gehen von nun an in Ihrem Namen weiter, auch die zu seinen Terminen. Das Vier-Augen-Prinzip vergleicht dann mit Ihrem Namen.',
  runTextOf:
    '{{name}} läuft im Namen von {{who}}. Wer ihn jetzt ausführt, übernimmt ihn: seine Läufe gehen von nun an in Ihrem Namen weiter, nicht mehr in dem von {{who}}, auch die zu seinen Terminen. Das Vier-Augen-Prinzip vergleicht dann mit Ihrem Namen.',
  runButton: 'Übernehmen und jetzt ausführen',
  saved: '{{name}} ist geändert.',
  savedTaken:
    '{{name}} ist geändert, und seine Läufe gehen in Ihrem Namen weiter.',
  save: 'Speichern',
  leave: 'So lassen',
  objectiveLength: 'Die Fragestellung hat 1 bis {{most}} Zeichen.',
  completedCount:
    '{{least}} bis {{most}} abgeschlossene Läufe werden aufbewahrt; schreiben Sie eine Zahl.',
  otherCount:
    '{{least}} bis {{most}} andere Läufe werden aufbewahrt; schreiben Sie eine Zahl.',
};

export const pace: Translated<typeof en.pace> = {
  howOften: 'Wie oft?',
  week: 'Jede Woche',
  day: 'Jeden Tag',
  own: 'Nach einem eigenen Cron-Ausdruck',
  on: 'Am',
  at: 'Um',
  cron: 'Cron-Ausdruck',
  cronText:
    'Minute, Stunde, Tag im Monat, Monat, Wochentag: 0 7 * * 1 ist jeden Montag um sieben. Oder @hourly, @daily, @weekly, @monthly, @yearly.',
  timeZone: 'Zeitzone',
  eachYear: 'Jedes Jahr am {{date}} um {{times}}',
  eitherCounts: '{{words}} (es gilt jeder Tag, auf den eines davon zutrifft)',
  wordsIn: '{{words}}, {{timeZone}}',
  nextTimes: 'Die nächsten Termine, in Ihrer Zeit ({{timeZone}}):',
};
