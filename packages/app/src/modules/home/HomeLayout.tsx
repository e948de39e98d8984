import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container, Flex, Grid, Text } from '@backstage/ui';

/** Widgets in the order in which this portal is used; others that are installed stay out. */
const SHOWN = [
  'AgentWorkloadsWatch',
  'AgentWorkloadsGates',
  'AgentWorkloadsRuns',
];

/** Only where there are invented competitors to try it with. */
const DEMO = 'AgentWorkloadsDemo';

export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const config = useApi(configApiRef);
  const title = config.getOptionalString('app.title') ?? 'Agent Workloads';
  const hasDemo = config.has('agentWorkloads.demo.pages');
  const names = hasDemo ? [DEMO, ...SHOWN] : SHOWN;
  const shown = names.flatMap(name =>
    widgets.filter(widget => widget.name === name),
  );
  return (
    <Container py="6" role="main">
      <Flex direction="column" gap="6">
        <Flex direction="column" gap="2">
          <Text as="h1" variant="title-large" weight="bold">
            {title}
          </Text>
          <Text as="p" variant="body-large" color="secondary">
            What competitors say about plans and prices, week by week: launch a
            scrape, look at the evidence, approve it, read the report.
          </Text>
        </Flex>
        <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
          {shown.map(widget => (
            <Grid.Item key={widget.name}>{widget.component}</Grid.Item>
          ))}
        </Grid.Root>
      </Flex>
    </Container>
  );
}
