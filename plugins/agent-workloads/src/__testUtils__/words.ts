import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { ApiHolder, ApiRef } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { wordsFrom } from '../translation/words';

/** What an app has of a portal in English, for what is checked outside of pages. */
export const apiHolder: ApiHolder = {
  get: <T>(ref: ApiRef<T>) =>
    (ref.id === translationApiRef.id ? mockApis.translation() : undefined) as
      | T
      | undefined,
};

export const english = wordsFrom(apiHolder);
