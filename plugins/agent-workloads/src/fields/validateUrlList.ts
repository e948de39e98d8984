import { checkUrlList } from '../lib/urlList';

/** Runs before the next page of the form; the same rules as while typing. */
export function validateUrlList(
  value: unknown,
  validation: { addError: (message: string) => void },
): void {
  const urls = Array.isArray(value) ? value.map(String) : [];
  const check = checkUrlList(urls.join('\n'));
  if (!check.urls.length) {
    validation.addError('Name at least one page to visit.');
  }
  check.listProblems.forEach(problem => validation.addError(problem));
  check.problems
    .filter(problem => problem.severity === 'error')
    .forEach(problem =>
      validation.addError(`Line ${problem.line}: ${problem.message}`),
    );
}
