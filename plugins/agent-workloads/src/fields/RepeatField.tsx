import { useEffect, useState } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  Checkbox,
  Flex,
  Radio,
  RadioGroup,
  Text,
  TextField,
} from '@backstage/ui';
import { SCHEDULE_LIMITS } from '@agentworkloads/api';
import { threeTimesSoon } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../api';
import { DueTimes, PaceRadios, WhenFields } from '../components/WhenFields';
import { useNow } from '../hooks/useNow';
import { demoPages } from '../lib/demo';
import {
  cronOf,
  FIRST_PACE,
  ownTimeZone,
  paceOf,
  proposedName,
  type Pace,
  type PaceParts,
} from '../lib/pace';
import { useWords } from '../translation/words';
import { nameProblem, whenOf, type Repeat } from './repeat';
import styles from './UrlListField.module.css';

type Choice = 'once' | 'soon' | Pace;

/** Names that are there already, as far as this person may see them. */
function useTakenNames(): readonly string[] {
  const api = useApi(agentWorkloadsApiRef);
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const ending = new AbortController();
    api.listSchedules(ending.signal).then(
      ({ items }) => setNames(items.map(({ name }) => name)),
      // Only for the proposal; the cluster says so in the end.
      () => {},
    );
    return () => ending.abort();
  }, [api]);
  return names;
}

function choiceOf({ schedule, soon }: Repeat): Choice {
  if (soon) return 'soon';
  return schedule === undefined ? 'once' : paceOf(schedule).pace;
}

/** Whether it may be one that this form proposed, a number at its end included. */
function isProposal(repeat: Repeat, url: string | undefined): boolean {
  const choice = choiceOf(repeat);
  const pace = choice === 'soon' ? 'demo' : choice;
  return (
    pace !== 'once' &&
    repeat.name?.replace(/-\d+$/, '') ===
      proposedName(url, pace, [], SCHEDULE_LIMITS.name)
  );
}

/** The name of the schedule: the person's own, or else one that is proposed, which nobody has. */
function useName(
  repeat: Repeat,
  url: string | undefined,
  taken: readonly string[],
) {
  const { name } = repeat;
  // The field begins anew when the person comes back from another page.
  const [typed, setTyped] = useState(() =>
    isProposal(repeat, url) ? undefined : name,
  );
  return {
    setTyped,
    nameFor: (pace: Pace | 'demo') =>
      typed || proposedName(url, pace, taken, SCHEDULE_LIMITS.name),
    // A form that is filled in by a link has none yet; and which are taken is known only after a while.
    needsName:
      name === undefined || (typed === undefined && taken.includes(name)),
  };
}

function NameField(props: { name: string; onChange: (name: string) => void }) {
  const words = useWords();
  const { t } = words;
  const problem = nameProblem(props.name, words);
  return (
    <TextField
      label={t('form.scheduleName')}
      description={
        problem ?? t('form.scheduleNameText', { most: SCHEDULE_LIMITS.name })
      }
      className={styles.short}
      isInvalid={problem !== undefined}
      value={props.name}
      onChange={props.onChange}
    />
  );
}

/** The times are those of a launch at this moment, so they move on. */
function SoonTimes() {
  const { t } = useWords();
  return (
    <>
      <DueTimes {...threeTimesSoon(useNow())} />
      <Text as="p" variant="body-small">
        {t('form.soonText')}
      </Text>
    </>
  );
}

/** What comes with each choice but "once". */
function Details(props: {
  repeat: Repeat;
  parts: PaceParts;
  onChange: (repeat: Repeat, parts?: PaceParts) => void;
}) {
  const { repeat, parts, onChange } = props;
  const { t } = useWords();
  const when = whenOf(repeat, Date.now());
  if (!when) return null;
  return (
    <Flex direction="column" gap="4">
      {repeat.soon ? (
        <SoonTimes />
      ) : (
        <WhenFields
          when={when}
          parts={parts}
          onChange={(next, chosen) => onChange({ ...repeat, ...next }, chosen)}
        />
      )}
      <NameField
        name={repeat.name ?? ''}
        onChange={name => onChange({ ...repeat, name })}
      />
      {!repeat.soon && (
        <Checkbox
          isSelected={repeat.runNow ?? false}
          onChange={runNow => onChange({ ...repeat, runNow })}
        >
          {t('form.alsoNow')}
        </Checkbox>
      )}
      <Text as="p" variant="body-small" color="secondary">
        {t('form.repeatText')}
      </Text>
    </Flex>
  );
}

/** Once, or again and again. Its value is a {@link Repeat}. */
export function RepeatField(props: FieldExtensionComponentProps<Repeat>) {
  const { formData, onChange, schema, formContext } = props;
  const repeat: Repeat = formData ?? {};
  const { t } = useWords();
  const taken = useTakenNames();
  const hasDemo = demoPages(useApi(configApiRef)).length > 0;
  const [parts, setParts] = useState<PaceParts>(() =>
    paceOf(repeat.schedule ?? cronOf(FIRST_PACE)),
  );
  const choice =
    choiceOf(repeat) === 'once' || repeat.soon ? choiceOf(repeat) : parts.pace;
  const [url] = (formContext?.formData?.targetUrls ?? []) as string[];
  const naming = useName(repeat, url, taken);
  const choose = (next: Choice) => {
    if (next === 'once') return onChange({});
    if (next === 'soon')
      return onChange({ soon: true, name: naming.nameFor('demo') });
    const chosen = { ...parts, pace: next };
    setParts(chosen);
    return onChange({
      schedule:
        next === 'own' ? repeat.schedule ?? cronOf(FIRST_PACE) : cronOf(chosen),
      timeZone: repeat.timeZone ?? ownTimeZone(),
      runNow: repeat.runNow ?? true,
      name: naming.nameFor(next),
    });
  };
  const needsName = choice !== 'once' && naming.needsName;
  useEffect(() => {
    if (needsName)
      onChange({
        ...repeat,
        name: naming.nameFor(repeat.soon ? 'demo' : parts.pace),
      });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when that is so
  }, [needsName]);
  return (
    <Flex direction="column" gap="4" className={styles.field}>
      <RadioGroup
        label={schema?.title ?? t('pace.howOften')}
        description={schema?.description}
        value={choice}
        onChange={next => choose(next as Choice)}
      >
        <Radio value="once">{t('form.once')}</Radio>
        <PaceRadios />
        {hasDemo && <Radio value="soon">{t('form.soon')}</Radio>}
      </RadioGroup>
      <Details
        repeat={repeat}
        parts={parts}
        onChange={(next, chosen) => {
          if (chosen) setParts(chosen);
          if (next.name !== repeat.name) naming.setTyped(next.name);
          onChange(next);
        }}
      />
    </Flex>
  );
}
