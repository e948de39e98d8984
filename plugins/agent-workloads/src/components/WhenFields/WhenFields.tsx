import { useState } from 'react';
import { Flex, Radio, RadioGroup, Select, TextField } from '@backstage/ui';
import { readWhen } from '@agentworkloads/api';
import { cronOf, timeZones, weekdayName, type PaceParts } from '../../lib/pace';
import { useWords } from '../../translation/words';
import { DueTimes } from './DueTimes';
import styles from './WhenFields.module.css';

/** @public */
export interface When {
  schedule: string;
  timeZone: string;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  id: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** Monday first, as people plan. */
const DAYS = [1, 2, 3, 4, 5, 6, 0];

function AtHour(props: {
  parts: PaceParts;
  onChange: (part: Partial<PaceParts>) => void;
}) {
  const { parts, onChange } = props;
  const { t, locale } = useWords();
  return (
    <>
      {parts.pace === 'week' && (
        <Select
          label={t('pace.on')}
          className={styles.day}
          options={DAYS.map(day => ({
            id: String(day),
            label: weekdayName(day, locale),
          }))}
          value={String(parts.weekday)}
          onChange={day => onChange({ weekday: Number(day) })}
        />
      )}
      <Select
        label={t('pace.at')}
        className={styles.hour}
        options={HOURS}
        value={String(parts.hour)}
        onChange={hour => onChange({ hour: Number(hour) })}
      />
    </>
  );
}

function OwnCron(props: When & { onChange: (schedule: string) => void }) {
  const { schedule, timeZone, onChange } = props;
  const { t } = useWords();
  // With the blanks that are being typed; the schedule has single ones.
  const [text, setText] = useState(schedule);
  const read = readWhen(schedule, timeZone);
  return (
    <TextField
      label={t('pace.cron')}
      description={t('pace.cronText')}
      className={styles.cron}
      isInvalid={read.kind === 'invalid' && read.field === 'schedule'}
      value={text}
      onChange={typed => {
        setText(typed);
        onChange(typed.trim().replace(/\s+/g, ' '));
      }}
    />
  );
}

/**
 * When runs are due: an hour, a day, or one's own expression, in whose time, and what comes of that.
 *
 * @param props.parts how the schedule is asked for; `own` shows it as it is
 */
export function WhenFields(props: {
  when: When;
  parts: PaceParts;
  onChange: (when: When, parts: PaceParts) => void;
}) {
  const { when, parts, onChange } = props;
  const { t } = useWords();
  const choose = (part: Partial<PaceParts>) => {
    const chosen = { ...parts, ...part };
    onChange({ ...when, schedule: cronOf(chosen) }, chosen);
  };
  return (
    <Flex direction="column" gap="4">
      <Flex gap="3" align="end" className={styles.row}>
        {parts.pace === 'own' ? (
          <OwnCron
            {...when}
            onChange={schedule => onChange({ ...when, schedule }, parts)}
          />
        ) : (
          <AtHour parts={parts} onChange={choose} />
        )}
        <Select
          label={t('pace.timeZone')}
          className={styles.zone}
          search
          options={timeZones(when.timeZone).map(id => ({ id, label: id }))}
          value={when.timeZone}
          onChange={zone =>
            onChange({ ...when, timeZone: String(zone) }, parts)
          }
        />
      </Flex>
      <DueTimes {...when} />
    </Flex>
  );
}

const PACES = ['week', 'day', 'own'] as const;

/** Radio buttons of the paces; others may stand before and after them. */
export function PaceRadios() {
  const { t } = useWords();
  return (
    <>
      {PACES.map(pace => (
        <Radio key={pace} value={pace}>
          {t(`pace.${pace}`)}
        </Radio>
      ))}
    </>
  );
}

/** The same, with the choice of the pace, of a schedule that there is. */
export function PaceFields(props: {
  when: When;
  parts: PaceParts;
  onChange: (when: When, parts: PaceParts) => void;
}) {
  const { when, parts, onChange } = props;
  const { t } = useWords();
  const choose = (pace: PaceParts['pace']) => {
    const chosen = { ...parts, pace };
    onChange(
      pace === 'own' ? when : { ...when, schedule: cronOf(chosen) },
      chosen,
    );
  };
  return (
    <Flex direction="column" gap="4">
      <RadioGroup
        label={t('pace.howOften')}
        value={parts.pace}
        onChange={pace => choose(pace as PaceParts['pace'])}
      >
        <PaceRadios />
      </RadioGroup>
      <WhenFields {...props} />
    </Flex>
  );
}
