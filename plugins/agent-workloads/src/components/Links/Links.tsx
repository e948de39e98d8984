import type { ReactNode } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Link, Text } from '@backstage/ui';
import { DEFAULT_TEMPLATE } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiAddLine } from '@remixicon/react';
import { newScrapeRouteRef, runRouteRef, scheduleRouteRef } from '../../routes';
import type { NewScrapeValues } from '../../lib/newScrapeValues';
import { runTitle } from '../../lib/runTitle';
import { safeHref, UNTRUSTED_LINK } from '../../lib/safeUrl';
import { useWords } from '../../translation/words';
import styles from './Links.module.css';

export function useRunHref(): (ref: RunRef, tab?: string) => string {
  const route = useRouteRef(runRouteRef);
  return (ref, tab) => {
    const { cluster, namespace, name } = ref;
    const path = route?.({ cluster, namespace, name }) ?? '#';
    return tab ? `${path}?tab=${tab}` : path;
  };
}

export function useScheduleHref(): (ref: RunRef) => string {
  const route = useRouteRef(scheduleRouteRef);
  return ({ cluster, namespace, name }) =>
    route?.({ cluster, namespace, name }) ?? '#';
}

/** Where a new scrape begins, filled in as far as is known; undefined while no scaffolder is installed. */
export function useNewScrapeHref(): (
  values?: NewScrapeValues,
) => string | undefined {
  const route = useRouteRef(newScrapeRouteRef);
  return values => {
    const path = route?.({
      namespace: 'default',
      templateName: DEFAULT_TEMPLATE,
    });
    const isFilled = Object.values(values ?? {}).some(
      value => value !== undefined,
    );
    return path && isFilled
      ? `${path}?formData=${encodeURIComponent(JSON.stringify(values))}`
      : path;
  };
}

/** Hidden from those who may not create a run. */
export function NewScrapeButton(props: {
  entityRef?: string;
  targetUrls?: string[];
  variant?: 'primary' | 'secondary';
  label?: string;
  /** Without its words where there is no room for them. */
  compact?: boolean;
}) {
  const { entityRef, targetUrls } = props;
  const { t } = useWords();
  const href = useNewScrapeHref()({ entityRef, targetUrls });
  const { allowed } = usePermission({ permission: workloadCreatePermission });
  if (!href || !allowed) {
    return null;
  }
  const label = props.label ?? t('common.newScrape');
  return (
    <ButtonLink
      href={href}
      variant={props.variant ?? 'primary'}
      iconStart={<RiAddLine aria-hidden />}
      aria-label={label}
    >
      <span className={props.compact ? styles.roomy : undefined}>{label}</span>
    </ButtonLink>
  );
}

/** A link to an address that a page or a report gave; plain text where a browser must not follow it. */
export function UntrustedLink(props: { url: string; children?: ReactNode }) {
  const href = safeHref(props.url);
  if (!href) {
    return (
      <span className={styles.breakable}>{props.children ?? props.url}</span>
    );
  }
  return (
    <a {...UNTRUSTED_LINK} href={href} className={styles.link}>
      {props.children ?? props.url}
    </a>
  );
}

/** A run by its title, in a list that is narrow. */
export function RunLink({ run }: { run: RunRef & { objective: string } }) {
  const runHref = useRunHref();
  return (
    <Link href={runHref(run)} className={styles.title}>
      {runTitle(run)}
    </Link>
  );
}

const ENTITY_REF = /^[A-Za-z0-9]+:[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/;

export function EntityLink(props: { entityRef?: string }) {
  if (!props.entityRef) {
    return <Text color="secondary">–</Text>;
  }
  return ENTITY_REF.test(props.entityRef) ? (
    <EntityRefLink entityRef={props.entityRef} />
  ) : (
    <span>{props.entityRef}</span>
  );
}
