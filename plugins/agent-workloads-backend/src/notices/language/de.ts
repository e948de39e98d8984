import type { Against, Counted, NoticeWords } from './NoticeWords';

/** One of it, several of it. */
const COUNTED: Record<Counted, [string, string]> = {
  site: ['Website', 'Websites'],
  page: ['Seite', 'Seiten'],
  fact: ['Fakt', 'Fakten'],
  change: ['Änderung', 'Änderungen'],
  day: ['Tag', 'Tage'],
  hour: ['Stunde', 'Stunden'],
  minute: ['Minute', 'Minuten'],
};

const AGAINST: Record<Against, string> = {
  forbidden: 'etwas daran ist verboten',
  unjudged: 'die Richtlinie konnte ihn nicht beurteilen',
  unknown: 'diese Richtlinie hat eigene Regeln',
  doubtful: 'was gesammelt wurde, ist zweifelhaft',
  unseen: 'nicht alles wurde gesehen oder verglichen',
  changed: 'etwas hat sich geändert',
  limit: 'es liegt außerhalb einer Grenze',
};

const listed = (names: readonly string[]) =>
  new Intl.ListFormat('de').format(names);

const by = (names: readonly string[]) =>
  names.length > 0 ? ` von ${listed(names)}` : '';

const approvals = (count: number) =>
  count === 1 ? 'einer Person' : `${count} Personen`;

export const de: NoticeWords = {
  locale: 'de-DE',
  counted: (count, what) =>
    `${count.toLocaleString('de')} ${COUNTED[what][count === 1 ? 0 : 1]}`,
  notSeen: count => `${count} nicht gesehen`,
  quoted: text => `„${text}“`,
  seenBefore: (at, run) =>
    `Die Seiten wurden am ${at} gesehen, im Lauf ${run}.`,
  askedBy: name =>
    name
      ? `Gestartet von ${name}.`
      : 'Wer den Lauf gestartet hat, ist nicht bekannt.',
  gateWaits: 'Eine Freigabe wartet',
  leftToDecide: span => `Noch ${span} für die Entscheidung`,
  nothingToDecide: 'Nichts mehr zu entscheiden',
  ends: {
    Completed: 'Ihr Bericht ist da',
    Denied: 'Kein Bericht: abgelehnt',
    Failed: 'Kein Bericht: fehlgeschlagen',
    PolicyDenied: 'Nicht gestartet',
    TimedOut: 'Kein Bericht: die Zeit war um',
    Cancelled: 'Kein Bericht: abgebrochen',
  },
  endsWithoutReport: at =>
    `Ohne eine Entscheidung bis ${at} endet der Lauf ohne Bericht.`,
  against: kinds =>
    `Warum die Richtlinie ihn anhält: ${kinds
      .map(kind => AGAINST[kind])
      .join('; ')}.`,
  asksFor: ({ approvals: needed = 1, groups = [] }) =>
    groups.length > 0
      ? `Der Lauf braucht die Zustimmung von ${approvals(
          needed,
        )}, darunter jemand aus: ${listed(groups)}.`
      : `Der Lauf braucht die Zustimmung von ${approvals(needed)}.`,
  has: ({ needed, people, missingGroups }) => {
    const count = `Zugestimmt haben ${people.length} von ${needed}`;
    return missingGroups.length > 0
      ? `${count}; es fehlt noch jemand aus: ${listed(missingGroups)}.`
      : `${count}.`;
  },
  outcomes: {
    reportIsThere: 'Freigegeben; der Bericht ist da.',
    noReportCame: 'Freigegeben; der Lauf endete ohne Bericht.',
    reportIsWritten: 'Freigegeben; der Bericht wird geschrieben.',
    denied: 'Abgelehnt; es gibt keinen Bericht.',
    noReport: 'Es gibt keinen Bericht.',
  },
  closedBy(via, names) {
    switch (via) {
      case 'policy':
        return 'Entschieden durch die Richtlinie';
      case 'timeout':
        return 'Niemand hat rechtzeitig entschieden';
      case 'deadline':
        return 'Die Zeit des Laufs war um';
      case 'cancel':
        return `Abgebrochen${by(names)}`;
      case 'operator':
        return 'Vom Operator geschlossen';
      default:
        return `Entschieden${by(names)}`;
    }
  },
  approvedBy: names => `Freigegeben${by(names)}.`,
  policyDidNotStart: 'Die Richtlinie hat den Start nicht erlaubt.',
  runSaysWhy: 'Der Lauf sagt, warum.',
};
