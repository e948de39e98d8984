import type * as en from '../en/form';
import type { Translated } from '../messages';

export const form: Translated<typeof en.form> = {
  pagesToVisit: 'Zu besuchende Seiten',
  oneUrlALine: 'Eine URL je Zeile, http oder https.',
  demo: 'Erfundene Wettbewerber',
  tryDemo: 'Zum Ausprobieren ein erfundener Wettbewerber:',
  addLast_one:
    'Die Seite des letzten Laufs von {{entity}}, {{date}}, dazunehmen',
  addLast_other:
    'Die {{count, number}} Seiten des letzten Laufs von {{entity}}, {{date}}, dazunehmen',
  ofUrls: '{{urls, number}} von {{most, number}} URLs',
  line: 'Zeile {{line}}:',
  moreLines_one: 'und {{count, number}} weitere Zeile',
  moreLines_other: 'und {{count, number}} weitere Zeilen',
  advanced: 'Erweitert: Grenzen des Laufs selbst',
  gateWaits: 'Wie lange die Freigabe auf eine Entscheidung wartet',
  gateWaitsText:
    'Etwa 3 Tage, 2 Stunden oder 90m; danach endet der Lauf ohne Bericht. Die Richtlinie kann weniger erlauben.',
  runWorks: 'Wie lange der Lauf arbeiten darf',
  runWorksText: 'Das Warten auf die Freigabe zählt nicht.',
  noProgress: 'Wie lange sich nichts bewegen darf, während nichts läuft',
  noProgressText: 'Für den Betrieb: danach wird der Lauf aufgegeben.',
  entity: 'Entität des Katalogs',
  entityOfKind: '{{title}} ({{kind}})',
  entityOfKindNamed: '{{title}} ({{kind}}, {{name}})',
  entityGone: '{{ref}} (nicht im Katalog)',
  once: 'Einmal, jetzt',
  soon: 'Dreimal im Abstand von zwei Minuten (Demo)',
  scheduleName: 'Name des Zeitplans',
  scheduleNameText:
    'Seine Läufe werden nach ihm benannt; höchstens {{most, number}} Zeichen.',
  soonText:
    'Beim Start neu gezählt; danach ist es vorbei. Die erfundenen Wettbewerber ändern ihre Seiten nach jedem abgeschlossenen Lauf, daher findet der zweite Lauf Änderungen.',
  alsoNow: 'Auch einmal jetzt ausführen: spätere Läufe werden damit verglichen',
  repeatText:
    'Jeder Lauf geschieht in Ihrem Namen und wird mit dem davor verglichen. Ein Termin entfällt, solange ein früherer Lauf unterwegs ist, auch in seiner Freigabe: auf der nächsten Seite lässt sich erlauben, dass die Richtlinie Läufe freigibt, in denen nichts ungewöhnlich ist.',
};

export const entityKind: Translated<typeof en.entityKind> = {
  component: 'Komponente',
  system: 'System',
  resource: 'Ressource',
  domain: 'Domäne',
  group: 'Gruppe',
};

export const mistake: Translated<typeof en.mistake> = {
  braces:
    'Lassen Sie {{braces}} weg: die Workflow-Engine hielte es für eine Stelle zum Ausfüllen.',
  noObjective: 'Sagen Sie, was Sie wissen möchten.',
  objectiveShort:
    'Sagen Sie es mit ein paar Worten mehr: mindestens {{least, number}} Zeichen.',
  objectiveLong:
    'Höchstens {{most, number}} Zeichen; das sind {{characters, number}}.',
  noPage: 'Nennen Sie mindestens eine Seite.',
  sameLine: 'Das ist noch einmal Zeile {{line}}. Entfernen Sie eine davon.',
  nearlySameLine:
    'Das ist wahrscheinlich noch einmal die Seite aus Zeile {{line}}; beide werden besucht.',
  tail: 'Gehört „{{tail}}“ zur Adresse? Wenn nicht, nehmen Sie es heraus.',
  looksPrivate:
    'Diese Adresse sieht privat aus. Sie wird nur besucht, wo sie beim Betrieb erlaubt wurde.',
  tooLong: 'Länger als {{most}} Zeichen.',
  beginWithHttp:
    'Hier ist keine Adresse zu lesen: beginnen Sie mit https:// oder http://, oder nehmen Sie die Zeile heraus.',
  onlyHttp:
    'Nur Seiten mit http:// und https:// können besucht werden; schreiben Sie das klein.',
  spaces: 'Eine URL hat keine Leerzeichen. Schreiben Sie eine URL je Zeile.',
  unseen:
    'In dieser Adresse stehen Zeichen, die man nicht sieht. Schreiben Sie sie von Hand neu.',
  moreThanOne:
    'Mehr als eine Adresse, oder Wörter daneben: schreiben Sie eine URL je Zeile. Ein Komma der Adresse selbst schreiben Sie als %2C.',
  cutShort:
    'Diese Adresse ist abgeschnitten: sie endet mit Punkten. Schreiben Sie die ganze Adresse.',
  noUrl: 'Das ist keine URL.',
  twoSchemes:
    'Das beginnt mit zwei Schemata, etwa http://https://. Lassen Sie eines stehen.',
  credentials:
    'Entfernen Sie Benutzernamen und Kennwort: alle, die den Lauf sehen dürfen, würden sie lesen.',
  noPageAddress: 'Das ist keine Adresse einer Seite.',
  tooMany:
    '{{urls}} URLs, aber in einen Lauf passen höchstens {{most}}. Machen Sie mehrere Läufe daraus.',
  tooLarge:
    'Die URLs haben zusammen {{bytes}} Bytes; in einen Lauf passen höchstens {{most}}, verteilen Sie sie also auf mehrere Läufe.',
  atLeast: 'Mindestens {{least}}.',
  duration:
    'Schreiben Sie eine Zahl und eine Einheit, das Größere zuerst: 2 Stunden, 3 Tage, 90s oder 1h30m.',
  noDuration:
    'Schreiben Sie, wie lange, zum Beispiel 2 Stunden, 3 Tage, 90s oder 1h30m.',
  nameTooLong:
    'Ein Name hat höchstens {{most, number}} Zeichen; dieser hat {{characters, number}}.',
  noName:
    'Ein Name hat Kleinbuchstaben, Ziffern und Bindestriche, etwa tidepool-weekly.',
};

export const mend: Translated<typeof en.mend> = {
  title: 'Ausgebessert',
  undo: 'Zurück: so lassen, wie ich es schrieb',
  apart_one: '{{count, number}} Adresse aus einer Zeile genommen:',
  apart_other: '{{count, number}} Adressen aus einer Zeile genommen:',
  scheme: 'ergänzt, wie sie erreicht wird:',
  tidied: 'aus dem genommen, was darum stand:',
  guessed: 'ein Name oder eine Seite? Gelesen als Seite:',
  leftOut: 'weggelassen:',
  same: 'eine Seite, die schon da ist:',
  fragment: 'dieselbe Seite, an anderer Stelle:',
  slash: 'dieselbe Seite, bis auf den Schrägstrich am Ende:',
};
