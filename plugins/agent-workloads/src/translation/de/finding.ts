import type * as en from '../en/finding';
import type { Translated } from '../messages';

export const finding: Translated<typeof en.finding> = {
  searchIn: 'Name, Fragestellung, Adresse, Entität, Person oder Phase',
  from: 'Begonnen ab',
  to: 'Begonnen bis',
  mine: 'Von mir angefordert',
  hasReport: 'Mit Bericht',
  total_one: '{{count, number}} Lauf',
  total_other: '{{count, number}} Läufe',
  page: 'Seite',
  ofPages_one: 'von {{count, number}}',
  ofPages_other: 'von {{count, number}}',
  go: 'Zur Seite',
  savedViews: 'Gespeicherte Ansichten',
  chooseView: 'Ansicht wählen',
  saveView: 'Ansicht speichern',
  viewName: 'Name der Ansicht',
  viewNameText:
    'Sie wird nur für Sie aufbewahrt, mit diesen Filtern und dieser Reihenfolge.',
  save: 'Speichern',
  forgetView: '„{{name}}“ vergessen',
  compare: 'Vergleichen',
  compared: 'Verglichen',
  compareWithOf: 'Mit dem Bericht vom {{date}} vergleichen',
  newestOf_one:
    'Hier stehen die neuesten {{shown, number}} von {{count, number}}.',
  newestOf_other:
    'Hier stehen die neuesten {{shown, number}} von {{count, number}}.',
  notInReport: 'Nicht in diesem Bericht',
  twoReports: 'Zwei Berichte nebeneinander',
  twoReportsText:
    'Die Preise, wie sie in jedem Bericht stehen. Ein Tarif, der in einem fehlt, kann auf einer Seite stehen, die er nicht gesehen hat: was sich sicher geändert hat, steht im Bericht selbst.',
  showSame: 'Auch Gleiches zeigen',
  oneReport: 'Zurück zu einem Bericht',
  noDifference: 'In beiden Berichten stehen dieselben Preise.',
};

export const watch: Translated<typeof en.watch> = {
  title: 'Was Sie beobachten',
  unread_one: '{{count, number}} neu',
  unread_other: '{{count, number}} neu',
  noChange: 'Noch ist keine Änderung bekannt.',
  report: 'Letzter Bericht',
  reportOf: 'Letzter Bericht über {{company}}',
  next: 'Nächster Lauf {{when}}',
  nothingYet:
    'Noch ist keine Änderung bekannt. Ein Unternehmen steht hier, sobald sich bei ihm etwas geändert oder ein Zeitplan es besucht hat.',
  stepLaunch:
    'Nennen Sie die Seiten, von denen Sie wissen wollen, und starten Sie einen Lauf.',
  stepLook:
    'Sehen Sie an, was er fand, mit dem Beleg für jeden Preis, und geben Sie es frei.',
  stepRead: 'Lesen Sie den Bericht. Ab dem zweiten sagt er, was sich änderte.',
};
