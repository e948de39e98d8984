import type * as en from '../en/report';
import type { Translated } from '../messages';

export const kind: Translated<typeof en.kind> = {
  plan: 'Tarif',
  price: 'Preis',
  feature: 'Funktion',
  headline: 'Überschrift',
  cta: 'Handlungsaufruf',
  trial: 'Testphase',
  limit: 'Begrenzung',
  contact: 'Kontakt',
};

export const kindInText: Translated<typeof en.kindInText> = kind;

export const price: Translated<typeof en.price> = {
  per: 'je {{per}}',
  once: 'einmalig',
  month: 'im Monat',
  year: 'im Jahr',
  week: 'in der Woche',
  day: 'am Tag',
  hour: 'in der Stunde',
  chosen: 'wenn „{{state}}“ gewählt ist',
  notChosen: 'wenn „{{state}}“ nicht gewählt ist',
  asLoaded: 'mit „{{state}}“, wie die Seite kommt',
  pressed: 'wenn „{{state}}“ gedrückt ist',
  from: 'ab {{amount}}',
  about: '≈ {{amount}}',
  range: '{{from}}–{{upTo}}',
};

export const change: Translated<typeof en.change> = {
  new: 'Neu',
  newIs: 'Neu: {{value}}',
  gone: 'Entfallen',
  goneWas: 'Entfallen, war: {{value}}',
  nothing: 'nichts',
  fromTo: '{{before}} → {{after}}',
  since: '{{step}} seit {{day}}',
  sinceWas: '{{step}}; seit {{day}}: {{value}}',
  sinceWasBy: '{{step}}; seit {{day}}: {{value}}, {{percent}} %',
  anEarlierRun: 'einem früheren Lauf',
  changed: 'Geändert',
};

export const facts: Translated<typeof en.facts> = {
  filter: 'Fakten filtern',
  searchIn: 'Tarif, Wert, Zitat oder Adresse',
  kind: 'Art',
  about: 'Betrifft',
  says: 'Was die Seite sagt',
  page: 'Seite',
  certainty: 'Sicherheit',
  ofFacts: '{{shown, number}} von {{all, number}} Fakten',
  noMatch: 'Kein Fakt passt dazu',
  noMatchText: 'Suchen Sie nach etwas Kürzerem, oder wählen Sie alle Arten.',
  none: 'Keine Fakten',
  noneText:
    'Sie erscheinen hier von selbst, sobald der Schritt Fakten in den gespeicherten Seiten welche gefunden hat.',
};

export const proof: Translated<typeof en.proof> = {
  title: 'Beleg: {{kind}}',
  titleOf: 'Beleg: {{subject}}, {{kind}}',
  show: 'Beleg zeigen',
  showOf: 'Beleg zeigen für {{fact}}',
  proven: 'Belegt',
  provenText: 'Diese Worte stehen in der gespeicherten Seite an dieser Stelle.',
  provenHashText:
    'Diese Worte stehen in der gespeicherten Seite an dieser Stelle, und die Datei hat die festgehaltene Prüfsumme.',
  notProven: 'Nicht belegt',
  otherWords:
    'In der gespeicherten Seite stehen diese Worte nicht an dieser Stelle. Verlassen Sie sich nicht auf diesen Fakt.',
  otherFile:
    'Die gespeicherte Seite ist nicht die Datei, der dieser Fakt entnommen wurde. Verlassen Sie sich nicht auf ihn.',
  words: 'Die Worte auf der gespeicherten Seite',
  onScreenshot: 'Auf dem Bildschirmfoto',
  below: 'Die Stelle liegt unterhalb des fotografierten Teils der Seite.',
  noPlace: 'Für diesen Fakt ist keine Stelle auf dem Bildschirmfoto bekannt.',
  notSaved: 'Die gespeicherte Seite ist nicht da',
  notSavedText:
    'Der Eintrag der Seite nennt keine gespeicherte Datei, daher lässt sich dieser Fakt hier nicht prüfen.',
  page: 'Seite',
  seen: '(gesehen am {{date}})',
  place: 'Stelle',
  inHtml: 'Zeichen {{start}} bis {{end}} des gespeicherten HTML',
  inText: 'Zeichen {{start}} bis {{end}} des gespeicherten sichtbaren Textes',
  sha256: 'SHA-256',
  element: 'Element',
  inFrame: 'in einem Rahmen von {{host}}',
  scrolled: 'nach dem Rollen durch eine Liste',
};

export const shots: Translated<typeof en.shots> = {
  none: 'Keine Bildschirmfotos',
  noneText: 'Keine der Seiten war zu sehen.',
  notYet: 'Noch keine Bildschirmfotos',
  notYetText:
    'Sie erscheinen hier von selbst, sobald der Schritt Erfassung die Seiten besucht hat.',
  desktop: 'Desktop',
  mobile: 'Mobil',
  topPart: '{{device}} (oberer Teil)',
  alt: 'Bildschirmfoto ({{device}}) von {{name}}',
  altLarge: 'Bildschirmfoto ({{device}}) von {{url}}, groß',
  altProof: 'Bildschirmfoto von {{url}}',
  large: '{{device}}: {{name}}',
  visionModel: 'Worte eines Bildmodells, kein Fakt: {{words}}',
  unread: 'Das Bild war nicht lesbar.',
  blocked:
    'Der Browser hat das Bild nicht gezeigt. Entweder ist es beschädigt, oder in der Content Security Policy dieses Portals fehlt "data:" bei img-src: fragen Sie, wer das Portal betreibt.',
  secondLook: 'Zweiter Blick:',
  secondLookAt: 'Zweiter Blick, {{date}}:',
  deviceSecondLook: '{{device}}, zweiter Blick',
  altSecondLook: 'Bildschirmfoto ({{device}}) vom zweiten Blick auf {{name}}',
  text: 'Text',
  textSecondLook: 'Text, zweiter Blick: {{name}}',
  textOfSecondLook: 'Text vom zweiten Blick auf {{name}}',
  savedText: 'Der gespeicherte Text',
};

export const notObserved: Translated<typeof en.notObserved> = {
  EGRESS_BLOCKED:
    'Die Adresse ist privat oder nicht erlaubt, daher hat der Egress-Proxy sie abgelehnt. Wer das System betreibt, kann sie nach Host und Port erlauben.',
  POLICY_DENIED:
    'Die Seite führte zu einem Host, den die Richtlinie dieses Laufs nicht erlaubt; er wurde nicht besucht.',
  ROBOTS_DISALLOWED:
    'Die robots.txt der Website bittet, diese Seite nicht zu besuchen, und wir achten das.',
  DNS_FAILED:
    'Der Name des Hosts ließ sich nicht auflösen. Prüfen Sie die Schreibweise der Adresse.',
  TIMEOUT: 'Die Seite wurde nicht rechtzeitig geladen.',
  CONNECTION_FAILED: 'Zum Host kam keine Verbindung zustande.',
  TLS_FAILED: 'Dem Zertifikat des Hosts war nicht zu trauen.',
  HTTP_ERROR: 'Der Host antwortete mit einem Fehler statt mit der Seite.',
  TOO_LARGE: 'Die Seite ist größer, als wir annehmen.',
  NOT_HTML: 'Die Adresse führt nicht zu einer Webseite.',
  TOO_MANY_REDIRECTS: 'Die Adresse wurde immer wieder umgeleitet.',
  BOT_WALL: 'Die Website zeigte eine Prüfung auf Roboter statt der Seite.',
  LOGIN_WALL: 'Die Seite wird nur nach Anmeldung gezeigt.',
  BLANK_PAGE: 'Die Seite wurde geladen, aber es war nichts darauf zu sehen.',
  BROWSER_FAILED: 'Der Browser versagte, während er die Seite zeigte.',
  RATE_LIMITED: 'Die Website bat um langsamere Anfragen und gab keine Seite.',
  unknown: 'Die Seite wurde nicht gesehen ({{reason}}).',
};

export const report: Translated<typeof en.report> = {
  title: 'Wettbewerbsbericht',
  seenBefore:
    'Die Seiten wurden {{date}} gesehen, im Lauf {{run}}. Dieser Lauf hat sie nicht noch einmal besucht.',
  about:
    '{{date}} · {{seen, number}} von {{pages, number}} Seiten gesehen · {{facts, number}} Fakten, jeder mit Beleg. {{note}}',
  notComplete: 'Dieser Bericht ist nicht vollständig',
  changes: 'Änderungen seit dem letzten Bericht',
  whatChanged: 'Was sich geändert hat',
  notCompared: 'Nicht verglichen ({{number, number}})',
  inShort: 'In Kürze',
  plansAndPrices: 'Tarife und Preise',
  copyLink: 'Link kopieren',
  print: 'Drucken',
  pricesInSentences: 'Die Preise in Sätzen',
  copySentences: 'Sätze kopieren',
  notObserved: 'Nicht gesehen ({{number, number}})',
  headlines: 'Überschriften',
  also: 'Außerdem auf ihren Seiten',
  ofKind: '{{kind}}: ',
  chosen: 'ausgewählt',
  none: 'Kein Bericht',
  afterApproval:
    'Er wird geschrieben, sobald die Freigabe erteilt ist. Siehe den Reiter Überblick.',
  endedWithout:
    '{{why}} Was gesammelt wurde, steht in den Reitern Bildschirmfotos und Fakten.',
  comesByItself:
    'Er erscheint hier von selbst, sobald der Lauf ihn geschrieben hat.',
  download: 'Bericht herunterladen',
  downloadAs: 'Herunterladen als {{format}}',
  csvOfPrices: 'CSV der Preise',
  fromFacts: 'Allein aus Fakten gemacht, ohne Modell.',
  pickedByModel:
    'Mit „ausgewählt“ markierte Sätze hat {{model}} ausgesucht; jeder Satz ist aus den Fakten geschrieben.',
  wordedByModel:
    'Formuliert von {{model}}: die Sätze haben keinen eigenen Beleg.',
  aModel: 'ein Modell',
  choicesRefused_one:
    '{{note}} {{count, number}} Auswahl wurde nicht übernommen, weil die Fakten sie nicht tragen.',
  choicesRefused_other:
    '{{note}} {{count, number}} Auswahlen wurden nicht übernommen, weil die Fakten sie nicht tragen.',
};

export const prices: Translated<typeof en.prices> = {
  none: 'Auf den Seiten wurden keine Tarife oder Preise gefunden.',
  caption:
    'Tarife und Preise nach Unternehmen; drücken Sie auf einen Wert, um den Beleg zu sehen',
  companyAndPlan: 'Unternehmen und Tarif',
  price: 'Preis',
  month: 'Im Monat',
  contents: 'Was enthalten ist',
  noPrice: 'kein Preis, der sich lesen ließ',
  onRequest: 'Auf Anfrage: {{contact}}',
  noPlan: 'kein Tarif genannt',
  onPages_one: '(auf {{count, number}} Seite)',
  onPages_other: '(auf {{count, number}} Seiten)',
  view: 'Wie Tarife und Preise gezeigt werden',
  sideBySide: 'Nebeneinander',
  details: 'Mit allem, was enthalten ist',
  tiersCaption:
    'Vom günstigsten zum teuersten. In einer Zeile stehen die Tarife, die in jeder Liste an derselben Stelle stehen; sie müssen einander nicht gleichen. Keine Währung ist umgerechnet.',
  tier: {
    free: 'Kostenlos',
    paid: 'Tarif {{rank, number}}',
    noMonth: 'Kein Preis für einen Monat',
    noPrice: 'Ohne Preis',
  },
  monthly: '{{amount}} im Monat',
  nothingHere: 'nichts',
  onTop: 'Was hinzukommt',
  fewer: 'Weniger zeigen',
};

export const comparison: Translated<typeof en.comparison> = {
  notHeld:
    'Nicht verglichen: dieser Lauf wurde keinem früheren gegenübergestellt.',
  firstRun: 'Erster Lauf: es gibt noch nichts zu vergleichen.',
  gone: 'Nicht verglichen: was der frühere Lauf gespeichert hat, ist fort.',
  altered:
    'Nicht verglichen: was der frühere Lauf gespeichert hat, wurde seither verändert.',
  unfit: 'Nicht verglichen: der genannte Lauf taugt nicht zum Vergleich.',
  notAsked: 'Nicht verglichen: bei diesem Lauf war kein Vergleich verlangt.',
  nothing: 'Nichts hat sich geändert.',
  nothingSince: 'Seit {{day}} hat sich nichts geändert.',
  noneSeen: 'Wo verglichen werden konnte, war keine Änderung zu sehen.',
  noneSeenSince:
    'Wo verglichen werden konnte, war seit {{day}} keine Änderung zu sehen.',
  currency: 'eine andere Währung',
  unit: 'ein anderer Zeitraum oder eine andere Einheit',
  factor: 'mehr als das Dreifache oder weniger als ein Drittel',
  zero: 'vorher oder jetzt nichts',
  earlierRun: 'Der frühere Lauf ist {{run}}, abgeschlossen am {{date}}.',
  earlierRunSaw:
    'Der frühere Lauf ist {{run}}, der die Seiten am {{date}} gesehen hat.',
  pageOf: '{{url}} vom {{date}}',
  olderPages_one:
    ' Eine Seite sah er nicht sicher; sie ist einem älteren Lauf gegenübergestellt: {{pages}}.',
  olderPages_other:
    ' {{count, number}} Seiten sah er nicht sicher; sie sind einem älteren Lauf gegenübergestellt: {{pages}}.',
  before: 'Vorher',
  now: 'Jetzt',
  sideAt: '{{side}}, {{date}}',
  torn: ' (nur ein Teil des Textes passt hinein)',
  altSide: '{{side}}: „{{quote}}“ auf {{host}}',
  wasNotThere: 'Es war nicht da.',
  isNotThere: 'Es ist nicht mehr da.',
  noPicture: 'Kein Bild. {{why}}',
  shotUnread: 'Das Bildschirmfoto war nicht lesbar.',
  placeInHtml: '(Zeichen {{start}} bis {{end}} des gespeicherten HTML)',
  placeInText:
    '(Zeichen {{start}} bis {{end}} des gespeicherten sichtbaren Textes)',
  pictures: 'Vorher und jetzt',
  picturesOf: 'Bilder von vorher und jetzt: {{subject}}',
  picturesTitle: 'Vorher und jetzt: {{subject}}',
};
