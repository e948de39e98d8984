import type * as en from '../en/changes';
import type { Translated } from '../messages';

export const changes: Translated<typeof en.changes> = {
  title: 'Änderungen',
  latest: 'Letzte Änderungen',
  filter: 'Änderungen filtern',
  company: 'Unternehmen',
  nameOrHost: 'Name oder Host',
  kind: 'Art',
  within: 'Zeitraum',
  anyTime: 'Gesamter Zeitraum',
  days_one: 'Letzter {{count, number}} Tag',
  days_other: 'Letzte {{count, number}} Tage',
  show: 'Zeigen',
  unread: 'Ungelesen',
  calledWrong: 'Als falsch gemeldet',
  price: 'Preise',
  plan: 'Tarife',
  terms: 'Preisbedingungen',
  other: 'Texte und Funktionen',
  onlyOf: 'Nur Änderungen von {{place}}.',
  newest: 'Neueste',
  older: 'Ältere',
  csv: 'CSV',
  downloadCsv: 'Als CSV herunterladen',
  showAll_one: '{{count, number}} zeigen',
  showAll_other: 'Alle {{count, number}} zeigen',
  nothingHere: 'Auf dieser Seite gibt es nichts zu zeigen',
  mayNotSeeHere:
    'Was sich hier geändert hat, dürfen Sie nicht sehen. Es gibt ältere Änderungen.',
  noOlder: 'Ältere Änderungen gibt es nicht.',
  nothingTakenIn: 'Noch nichts aufgenommen',
  nothingTakenInText:
    'Was ein Lauf an Änderungen fand, bleibt hier, sobald er abgeschlossen ist: nachdem ein Mensch oder die Richtlinie ihn freigegeben hat. Bisher wurde kein solcher Lauf aufgenommen, den Sie sehen dürfen.',
  nothingUnread: 'Alles gelesen',
  nothingUnreadText:
    'Was nach Ihrem letzten Besuch kommt, ist ungelesen, bis Sie es als gesehen markieren, es hier ansehen und später wiederkommen, oder jemand es als falsch meldet.',
  noMatch: 'Keine Änderung passt dazu',
  noMatchText: 'Nehmen Sie einen Filter weg, oder schauen Sie weiter zurück.',
  nothingChanged: 'Noch hat kein abgeschlossener Lauf Änderungen gefunden',
  nothingChangedText:
    'Die abgeschlossenen Läufe, die Sie sehen dürfen, fanden dasselbe wie die Läufe vor ihnen, oder sie waren die ersten und hatten nichts zum Vergleichen.',
  notTakenIn_one:
    '{{count, number}} abgeschlossener Lauf ist (noch) nicht aufgenommen: sein Bericht ist zurzeit nicht lesbar, fort, oder nicht der, den der Lauf ausgegeben hat.',
  notTakenIn_other:
    '{{count, number}} abgeschlossene Läufe sind (noch) nicht aufgenommen: ihre Berichte sind zurzeit nicht lesbar, fort, oder nicht die, die die Läufe ausgegeben haben.',
};

export const card: Translated<typeof en.card> = {
  about: '{{kind}}: {{subject}}',
  latest: '{{company}}: {{kind}} {{subject}}',
  unreadTip: 'Kam nach Ihrem letzten Besuch',
  seen: 'Gesehen',
  seenTip: 'Nur Sie sehen diese Markierung',
  unusual: 'Ungewöhnlich',
  isUnusual: 'ungewöhnlich',
  isCalledWrong: 'als falsch gemeldet',
  unusualWhy: 'Ungewöhnlich: {{why}}',
  reportOf: 'Bericht von {{name}}',
  reportBefore: 'Bericht von {{name}}, dem Lauf davor',
  runBefore: 'der Lauf davor',
  proofWas: 'Beleg zeigen, was es war: {{quote}}',
  proofIs: 'Beleg zeigen, was es ist: {{quote}}',
  quote: '„{{words}}“',
  youSaidWrong: 'Sie haben dies am {{date}} als falsch gemeldet:',
  saidWrong: '{{who}} hat dies am {{date}} als falsch gemeldet:',
  markSeen: 'Gesehen',
  markUnseen: 'Nicht gesehen',
  wrong: 'Falsch…',
  wrongName: 'Falsch',
  notWrong: 'Doch nicht falsch',
  testPage: 'Testseite',
  actionOf: '{{action}}: {{change}}',
  changeOf: '{{company}}, {{about}}',
};

export const wrong: Translated<typeof en.wrong> = {
  title: 'Diese Änderung ist falsch',
  text: '{{company}}, {{kind}}: {{subject}}. Sie bleibt durchgestrichen in der Liste, mit Ihrem Namen und Ihrem Grund; nur Sie können das zurücknehmen.',
  why: 'Warum?',
  whyText: 'Was steht wirklich auf der Seite?',
  writeWhy: 'Schreiben Sie, warum sie falsch ist; andere werden es lesen.',
  button: 'Sie ist falsch',
};
