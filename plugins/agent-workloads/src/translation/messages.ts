import * as changes from './en/changes';
import * as common from './en/common';
import * as finding from './en/finding';
import * as form from './en/form';
import * as gates from './en/gates';
import * as launchCheck from './en/launchCheck';
import * as logSays from './en/logSays';
import * as policySays from './en/policySays';
import * as report from './en/report';
import * as runs from './en/runs';
import * as said from './en/said';
import * as schedules from './en/schedules';

/** Every word of this plugin's pages in English, by area. */
export const messages = {
  ...common,
  ...runs,
  ...gates,
  ...report,
  ...changes,
  ...schedules,
  ...form,
  ...launchCheck,
  ...logSays,
  ...policySays,
  ...finding,
  ...said,
} as const;

/** The same keys with the words of another language. */
export type Translated<Area> = {
  [Key in keyof Area]: Area[Key] extends string
    ? string
    : Translated<Area[Key]>;
};
