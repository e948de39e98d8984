import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Flex, Text } from '@backstage/ui';
import {
  workloadCreatePermission,
  type RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiHistoryLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { useAct } from '../../hooks/useAct';
import { randomKey } from '../../lib/randomKey';
import { saidText } from '../../lib/saidText';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';
import { RefusalState } from '../states';

/** Of a run whose gate ran out of time: one click makes a new run on what this one saw, or it says why that can't be. */
export function OpenAgain({ run }: { run: RunDetail }) {
  const words = useWords();
  const { t } = words;
  const api = useApi(agentWorkloadsApiRef);
  const navigate = useNavigate();
  const runHref = useRunHref();
  const { pending, error, run: act } = useAct();
  // One for as long as the page is open: pressing twice, or again after a failure, makes one run.
  const [key] = useState(randomKey);
  const { allowed: mayCreate } = usePermission({
    permission: workloadCreatePermission,
  });
  const may = run.mayOpenAgain;
  if (!may) return null;
  if (!may.allowed) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {t('run.notOpenedAgain', {
          why: saidText(may.reason ?? '', may.said, words),
        })}
      </Text>
    );
  }
  if (!mayCreate) return null;
  const { fourEyes } = run.gateDetail ?? {};
  return (
    <Flex direction="column" gap="2" align="start">
      <Button
        isPending={pending}
        iconStart={<RiHistoryLine aria-hidden />}
        onPress={() =>
          act(async () => navigate(runHref(await api.openAgain(run, key))))
        }
      >
        {t('run.openAgain')}
      </Button>
      <Text as="p" variant="body-small" color="secondary">
        {t(fourEyes ? 'run.openAgainFourEyes' : 'run.openAgainText')}
      </Text>
      {error !== undefined && (
        <RefusalState error={error} action={t('action.openAgain')} />
      )}
    </Flex>
  );
}
