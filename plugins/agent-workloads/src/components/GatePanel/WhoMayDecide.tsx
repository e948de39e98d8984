import { Fragment } from 'react';
import { Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import { EntityName, useMembers } from '../People';

type Gate = NonNullable<RunDetail['gateDetail']>;

const SHOWN = 6;

function Names(props: { refs: readonly string[]; kind: 'user' | 'group' }) {
  return (
    <>
      {props.refs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <EntityName entityRef={entityRef} kind={props.kind} />
        </Fragment>
      ))}
    </>
  );
}

/** Who could decide a gate, by the catalog's groups; where none is known, whom to ask. The cluster has the last word. */
export function WhoMayDecide(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const { t } = useWords();
  const { groups = [], except } = gate.deciders ?? {};
  const members = useMembers(groups);
  if (!gate.deciders) return null;
  if (groups.length === 0) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {t('gate.decidersUnknown', { namespace: run.namespace })}
      </Text>
    );
  }
  const excluded = except && run.people?.[except];
  const people = (members ?? []).filter(ref => ref !== excluded);
  const rest = people.length - SHOWN;
  const group = <Names refs={groups} kind="group" />;
  return (
    <Text as="p" variant="body-small" color="secondary">
      {people.length > 0
        ? t('gate.deciders', {
            group,
            who: (
              <strong>
                <Names refs={people.slice(0, SHOWN)} kind="user" />
                {rest > 0 && ` ${t('common.andMore', { count: rest })}`}
              </strong>
            ),
          })
        : t('gate.decidersOfGroup', { group })}
    </Text>
  );
}
