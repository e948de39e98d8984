import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { scheduleCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiPlayLine } from '@remixicon/react';
import { demoPages } from '../../lib/demo';
import { useNewScrapeHref } from '../Links';
import styles from './HomeWidgets.module.css';

/** For a newcomer, where there are invented competitors: how to see a change within five minutes. */
export function DemoStart() {
  const pages = demoPages(useApi(configApiRef));
  const { allowed } = usePermission({ permission: scheduleCreatePermission });
  const href = useNewScrapeHref()({
    objective: 'What do these three charge, and what changed?',
    targetUrls: pages.map(({ url }) => url),
    repeat: { soon: true },
    // So that the second run need not wait for a person to have let the first one pass.
    gateMode: 'policy',
    fourEyes: false,
  });
  const names = pages.map(({ title }) => title).join(', ');
  return (
    <Flex direction="column" gap="3" align="start">
      <Text as="p">
        {names} are invented, and change their pages after each run that is
        completed.
      </Text>
      <ol className={styles.steps}>
        <li>Press the button: it fills the form. Launch it as it is.</li>
        <li>
          Three runs are made, two minutes apart. The policy lets the first one
          pass by itself: there is nothing to compare it with.
        </li>
        <li>
          The second one finds changes, and waits at its gate where they are
          big. Sign in as Alice, look at the proof, and approve.
        </li>
        <li>The page Changes says what was, and what is.</li>
      </ol>
      {href && allowed && (
        <ButtonLink
          href={href}
          variant="primary"
          iconStart={<RiPlayLine aria-hidden />}
        >
          See a change in five minutes
        </ButtonLink>
      )}
    </Flex>
  );
}
