import type { ReactNode } from 'react';
import { Flex, Text } from '@backstage/ui';

export function Section(props: { title: string; children: ReactNode }) {
  return (
    <section aria-label={props.title}>
      <Flex direction="column" gap="3">
        <Text as="h3" variant="title-x-small" weight="bold">
          {props.title}
        </Text>
        {props.children}
      </Flex>
    </section>
  );
}
