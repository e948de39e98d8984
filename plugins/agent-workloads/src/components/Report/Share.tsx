import { Button, Flex } from '@backstage/ui';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiPrinterLine } from '@remixicon/react';
import { useWords } from '../../translation/words';
import { CopyButton } from '../CopyButton';
import { useRunHref } from '../Links';

/** The report for others: on paper, or by an address, which opens for whoever may read the run. */
export function Share(props: { run: RunRef }) {
  const { t } = useWords();
  const href = useRunHref()(props.run, 'report');
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      <CopyButton
        text={new URL(href, window.location.origin).href}
        label={t('report.copyLink')}
      />
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiPrinterLine aria-hidden />}
        onPress={() => window.print()}
      >
        {t('report.print')}
      </Button>
    </Flex>
  );
}
