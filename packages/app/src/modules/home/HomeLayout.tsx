import { Fragment } from 'react';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container, Flex, Grid, Text } from '@backstage/ui';
import { useHomeVisit } from '@agentworkloads/backstage-plugin-agent-workloads';
import { agentWorkloadsTranslationRef } from '@agentworkloads/backstage-plugin-agent-workloads/translations';
import { homeOrder } from './homeOrder';

export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const config = useApi(configApiRef);
  const { t } = useTranslationRef(agentWorkloadsTranslationRef);
  const visit = useHomeVisit();
  const title = config.getOptionalString('app.title') ?? 'Agent Workloads';
  const hasDemo = config.has('agentWorkloads.demo.pages');
  const { top, left, right } = homeOrder({ hasDemo, ...visit });
  const shown = (names: readonly string[]) =>
    names
      .flatMap(name => widgets.filter(widget => widget.name === name))
      .map(widget => <Fragment key={widget.name}>{widget.component}</Fragment>);
  return (
    <Container py="6" role="main">
      <Flex direction="column" gap="6">
        <Flex direction="column" gap="2">
          <Text as="h1" variant="title-large" weight="bold">
            {title}
          </Text>
          <Text as="p" variant="body-large" color="secondary">
            {t('home.about')}
          </Text>
        </Flex>
        <Flex direction="column" gap="4">
          {shown(top)}
          <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
            <Flex direction="column" gap="4">
              {shown(left)}
            </Flex>
            <Flex direction="column" gap="4">
              {shown(right)}
            </Flex>
          </Grid.Root>
        </Flex>
      </Flex>
    </Container>
  );
}
