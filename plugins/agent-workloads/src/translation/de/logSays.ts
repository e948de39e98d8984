import type * as en from '../en/logSays';
import type { Translated } from '../messages';

export const logSays: Translated<typeof en.logSays> = {
  started: 'Der Schritt beginnt.',
  done: 'Der Schritt ist nach {{time}} fertig.',
  resumes: 'Es geht weiter, wo ein früherer Versuch endete.',
  finishedBefore:
    'Ein früherer Versuch war schon am Ende; sein Ergebnis wird noch einmal geschrieben.',
  stops: 'Der Schritt wird angehalten.',
  robotsIgnored:
    'robots.txt wird nicht beachtet: das ist im Betrieb so eingestellt.',
  waitsForBrowser:
    'Jeder Platz des Browsers ist belegt; es wird auf einen gewartet.',
  seen: '{{page}}: gesehen.',
  notSeen: '{{page}}: nicht gesehen. {{why}}',
  savedBefore: '{{page}}: schon gespeichert, nicht noch einmal besucht.',
  died: '{{page}}: ein früherer Versuch endete während des Besuchs, daher bleibt sie weg.',
  browserFailed:
    '{{page}}: der Browser versagte, sie wird noch einmal besucht.',
  inPart: '{{page}}: gelesen, aber nicht alles, was sie zeigen kann.',
  followed: '{{page}}: ihre Preisseite wird auch besucht.',
  again:
    'Seiten, auf denen andere Preise oder Tarife stehen als im früheren Lauf: {{differ, number}}. Noch einmal besucht: {{again, number}}.',
  reused:
    'Die gespeicherten Seiten eines früheren Laufs werden verwendet; keine wird besucht.',
  pagesSeen:
    '{{observed, number}} von {{pages, number}} Seiten wurden gesehen.',
  factsOf_one: '{{page}}: {{count, number}} Fakt gefunden.',
  factsOf_other: '{{page}}: {{count, number}} Fakten gefunden.',
  factsFailed: '{{page}}: ihre Fakten waren nicht zu lesen.',
  facts_one: '{{count, number}} Fakt bleibt, mit seinem Beleg.',
  facts_other: '{{count, number}} Fakten bleiben, jeder mit seinem Beleg.',
  pictures_one: 'Bilder von {{count, number}} Seite sind gemacht.',
  pictures_other: 'Bilder von {{count, number}} Seiten sind gemacht.',
  report_one: 'Der Bericht ist aus {{count, number}} Fakt geschrieben.',
  report_other: 'Der Bericht ist aus {{count, number}} Fakten geschrieben.',
};
