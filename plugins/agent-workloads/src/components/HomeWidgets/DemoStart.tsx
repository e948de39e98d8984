import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { scheduleCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiPlayLine } from '@remixicon/react';
import { demoPages } from '../../lib/demo';
import { useWords } from '../../translation/words';
import { useNewScrapeHref } from '../Links';
import styles from './HomeWidgets.module.css';

/** For a newcomer, where there are invented competitors: how to see a change within five minutes. */
export function DemoStart() {
  const { t } = useWords();
  const pages = demoPages(useApi(configApiRef));
  const { allowed } = usePermission({ permission: scheduleCreatePermission });
  const href = useNewScrapeHref()({
    objective: t('home.demoObjective'),
    targetUrls: pages.map(({ url }) => url),
    repeat: { soon: true },
    // So that the second run need not wait for a person to have let the first one pass.
    gateMode: 'policy',
    fourEyes: false,
  });
  const names = pages.map(({ title }) => title).join(', ');
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      <Text as="p">{t('home.demoAbout', { names })}</Text>
      <ol className={styles.steps}>
        <li>{t('home.demoFill')}</li>
        <li>{t('home.demoThree')}</li>
        <li>{t('home.demoSecond')}</li>
        <li>{t('home.demoChanges')}</li>
      </ol>
      {href && allowed && (
        <ButtonLink
          href={href}
          variant="primary"
          iconStart={<RiPlayLine aria-hidden />}
        >
          {t('home.demoButton')}
        </ButtonLink>
      )}
    </Flex>
  );
}
