import { useMemo } from 'react';
import {
  translationApiRef,
  useTranslationRef,
  type ApiHolder,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { localeOf } from './locale';
import { agentWorkloadsTranslationRef } from './ref';

type Say = TranslationFunction<(typeof agentWorkloadsTranslationRef)['T']>;

/** In what language something is said. */
export interface Words {
  t: Say;
  /** By whose rules numbers, money, dates and lists are written (BCP 47). */
  locale: string;
}

const wordsOf = (t: Say): Words => ({
  t,
  locale: localeOf(t('common.locale'), navigator.languages),
});

/** The words of the language that the person has chosen; English where there are none. */
export function useWords(): Words {
  const { t } = useTranslationRef(agentWorkloadsTranslationRef);
  return useMemo(() => wordsOf(t), [t]);
}

/** The same outside of components, e.g. when the form is checked; its fields have loaded the language by then. */
export function wordsFrom(apis: ApiHolder): Words {
  const found = apis
    .get(translationApiRef)
    ?.getTranslation(agentWorkloadsTranslationRef);
  if (!found?.ready) {
    throw new Error('The words of agent-workloads are not loaded yet.');
  }
  return wordsOf(found.t);
}
