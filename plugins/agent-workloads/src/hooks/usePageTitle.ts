import { useWords } from '../translation/words';
import { useDocumentTitle } from './useDocumentTitle';

/** `Gates | Agent Workloads`, so that tabs of the browser can be told apart. */
export function usePageTitle(
  page: 'runs' | 'gates' | 'changes' | 'schedules',
): void {
  const { t } = useWords();
  useDocumentTitle(
    t('common.pageTitle', {
      page: t(`common.nav.${page}`),
      title: t('common.nav.title'),
    }),
  );
}
