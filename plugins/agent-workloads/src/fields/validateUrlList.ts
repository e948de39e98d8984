import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { checkUrlList } from '../lib/urlList';
import { wordsFrom } from '../translation/words';

/** Runs before the next page of the form; the same rules as while typing. */
export function validateUrlList(
  value: unknown,
  validation: { addError: (message: string) => void },
  context: { apiHolder: ApiHolder },
): void {
  const words = wordsFrom(context.apiHolder);
  const { t } = words;
  const urls = Array.isArray(value) ? value.map(String) : [];
  const check = checkUrlList(urls.join('\n'), words);
  if (!check.urls.length) {
    validation.addError(t('mistake.noPage'));
  }
  check.listProblems.forEach(problem => validation.addError(problem));
  check.problems
    .filter(problem => problem.severity === 'error')
    .forEach(problem =>
      validation.addError(
        t('common.lineProblem', {
          line: String(problem.line),
          message: problem.message,
        }),
      ),
    );
}
