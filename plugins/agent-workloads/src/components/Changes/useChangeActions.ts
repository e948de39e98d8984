import { useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  changeMarkPermission,
  type ChangeItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { useShowChange } from '../../hooks/queries';
import { saveAs } from '../../lib/saveAs';
import { changeKey, changeRef } from '../../lib/shownChange';
import { useWords } from '../../translation/words';
import type { CardActions } from './ChangeCard';

const NAME = /[^a-z0-9]+/g;

function fileName({ host, change }: ChangeItem): string {
  const name = `${host} ${change.factKind} ${change.subject}`.toLowerCase();
  return `test-page-${name.replace(NAME, '-').slice(0, 80)}.zip`;
}

/** What a person does with changes of a list; `asked` is the one about which they are being asked for a reason. */
export function useChangeActions() {
  const api = useApi(agentWorkloadsApiRef);
  const show = useShowChange();
  const { t } = useWords();
  const { allowed } = usePermission({ permission: changeMarkPermission });
  // No button is disabled meanwhile: it would lose the focus.
  const busy = useRef(new Set<string>());
  const [asked, setAsked] = useState<ChangeItem>();
  const [problem, setProblem] = useState<{ error: unknown; action: string }>();

  const run = async (
    item: ChangeItem,
    action: string,
    act: () => Promise<void>,
  ) => {
    const key = changeKey(item);
    if (busy.current.has(key)) return;
    busy.current.add(key);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem({ error, action });
    } finally {
      busy.current.delete(key);
    }
  };

  const actions: CardActions = {
    onSeen: item =>
      void run(item, t('action.markChange'), async () =>
        show(await api.markSeen(changeRef(item), !item.seenAt)),
      ),
    onTestPage: item =>
      void run(item, t('action.testPage'), async () => {
        const response = await api.openTestPage(changeRef(item));
        saveAs(await response.blob(), fileName(item));
      }),
    onWrong: allowed
      ? item => {
          if (!item.wrong) {
            setAsked(item);
            return;
          }
          void run(item, t('action.takeBack'), async () =>
            show(await api.takeBackWrong(changeRef(item))),
          );
        }
      : undefined,
  };
  return {
    actions,
    asked,
    problem,
    forget: () => setAsked(undefined),
    say: async (item: ChangeItem, reason: string) =>
      show(await api.callWrong(changeRef(item), reason)),
  };
}
