import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import 'cronstrue/locales/de';
import { flattened } from '../flattened';
import type { messages, Translated } from '../messages';
import { agentWorkloadsTranslationRef } from '../ref';
import * as changes from './changes';
import * as common from './common';
import * as finding from './finding';
import * as form from './form';
import * as gates from './gates';
import * as launchCheck from './launchCheck';
import * as logSays from './logSays';
import * as policySays from './policySays';
import * as report from './report';
import * as runs from './runs';
import * as said from './said';
import * as schedules from './schedules';

const german: Translated<typeof messages> = {
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
};

/** What a lazily loaded language is looked for by. */
// eslint-disable-next-line no-restricted-syntax
export default createTranslationMessages({
  ref: agentWorkloadsTranslationRef,
  full: true,
  messages: flattened(german),
});
