import { createElement, Fragment, isValidElement } from 'react';
import type { TranslationApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';

export const [OPEN, SHUT] = ['⟦', '⟧'];

/** English with each message in brackets; what it is given stays as it is. */
export const marking = (): TranslationApi => {
  const english = mockApis.translation();
  return {
    ...english,
    translation$: () => english.translation$(),
    getTranslation: (ref: Parameters<typeof english.getTranslation>[0]) => {
      const snapshot = english.getTranslation(ref);
      if (!snapshot.ready || ref.id !== 'plugin.agent-workloads') {
        return snapshot;
      }
      const say = snapshot.t as unknown as (
        key: string,
        values?: unknown,
      ) => string | JSX.Element;
      const t = (key: string, values?: unknown) => {
        const said = say(key, values);
        if (key === 'common.locale') return said;
        return isValidElement(said)
          ? createElement(Fragment, null, OPEN, said, SHUT)
          : `${OPEN}${said as string}${SHUT}`;
      };
      return { ready: true as const, t };
    },
  } as unknown as TranslationApi;
};
