import { Fragment } from 'react';
import { whoDecided } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { decidedByWords } from '../../lib/decision';
import { useWords } from '../../translation/words';
import { Person } from '../People';

const isOfPeople = (via: string) => via === 'person' || via === 'cancel';

/** Who or what closed a gate, people as the catalog calls them; of several who approved, all who counted. */
export function DecidedBy(props: {
  gate: NonNullable<RunDetail['gateDetail']>;
  run: Pick<RunDetail, 'people' | 'requestedBy'>;
}) {
  const { gate, run } = props;
  const words = useWords();
  const { t, locale } = words;
  const names = whoDecided(gate, run.requestedBy);
  if (names.length === 0 || (gate.via && !isOfPeople(gate.via))) {
    return <>{decidedByWords(gate, run.requestedBy, words)}</>;
  }
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const who = (
    <>
      {list.formatToParts(names).map(({ type, value }, index) => (
        <Fragment key={index}>
          {type === 'element' ? (
            <Person name={value} people={run.people} />
          ) : (
            value
          )}
        </Fragment>
      ))}
    </>
  );
  return gate.via === 'cancel' ? <>{t('gate.viaCancelBy', { who })}</> : who;
}
