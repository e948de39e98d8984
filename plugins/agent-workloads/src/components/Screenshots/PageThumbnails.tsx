import { useState } from 'react';
import { Dialog, DialogBody, DialogHeader, Flex, Text } from '@backstage/ui';
import type { PageRecord, Shot } from '@agentworkloads/api';
import type {
  RunEvidence,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { shotOf } from '../../lib/proof';
import { hostOf } from '../../lib/safeUrl';
import { useWords } from '../../translation/words';
import { UntrustedLink } from '../Links';
import { RunImage } from './RunImage';
import { SecondLook } from './SecondLook';
import styles from './Screenshots.module.css';

const DEVICES = [
  ['desktop', 'thumbnail-desktop'],
  ['mobile', 'thumbnail-mobile'],
] as const;

interface Large {
  page: PageRecord;
  shot: Shot;
  device: string;
}

function Thumbnail(props: {
  run: RunRef;
  page: PageRecord;
  device: (typeof DEVICES)[number];
  small?: readonly Shot[];
  onOpen: (large: Large) => void;
}) {
  const { run, page } = props;
  const { t } = useWords();
  const [kind, thumbnail] = props.device;
  const device = t(`shots.${kind}`);
  const full = shotOf(page.shots, kind);
  if (!full) {
    return null;
  }
  const shown =
    shotOf(props.small, thumbnail) ?? shotOf(page.shots, thumbnail) ?? full;
  const name = page.title || hostOf(page.url);
  return (
    <button
      type="button"
      className={styles.thumbnail}
      data-kind={kind}
      onClick={() => props.onOpen({ page, shot: full, device })}
    >
      <span className={styles.crop}>
        <RunImage
          run={run}
          shot={shown}
          alt={t('shots.alt', { device, name })}
        />
      </span>
      <span className={styles.device}>
        {full.truncated ? t('shots.topPart', { device }) : device}
      </span>
    </button>
  );
}

/** Desktop and mobile of each observed page; large on click. */
export function PageThumbnails(props: {
  run: RunRef;
  pages: readonly PageRecord[];
  shots?: RunEvidence['shots'];
  heading?: 'h3' | 'h4';
}) {
  const { t } = useWords();
  const [large, setLarge] = useState<Large>();
  return (
    <>
      <ul className={styles.grid}>
        {props.pages.map(page => {
          const extra = props.shots?.pages.find(one => one.url === page.url);
          return (
            <li key={page.urlSha256} className={styles.card}>
              <Text
                as={props.heading ?? 'h4'}
                variant="body-medium"
                weight="bold"
                truncate
              >
                {page.title || hostOf(page.url)}
              </Text>
              <Text as="div" variant="body-small" truncate>
                <UntrustedLink url={page.finalUrl ?? page.url} />
              </Text>
              <Flex gap="3" align="start" mt="2">
                {DEVICES.map(device => (
                  <Thumbnail
                    key={device[0]}
                    run={props.run}
                    page={page}
                    device={device}
                    small={extra?.shots}
                    onOpen={setLarge}
                  />
                ))}
              </Flex>
              <SecondLook run={props.run} page={page} onOpen={setLarge} />
              {extra?.description && (
                <Text as="p" variant="body-small" color="secondary">
                  {t('shots.visionModel', { words: extra.description })}
                </Text>
              )}
            </li>
          );
        })}
      </ul>
      {large && (
        <Dialog
          isOpen
          width={large.shot.kind === 'mobile' ? 520 : 1280}
          onOpenChange={open => !open && setLarge(undefined)}
        >
          <DialogHeader>
            {t('shots.large', {
              device: large.device,
              name: large.page.title || hostOf(large.page.url),
            })}
          </DialogHeader>
          <DialogBody>
            <RunImage
              run={props.run}
              shot={large.shot}
              alt={t('shots.altLarge', {
                device: large.device,
                url: large.page.url,
              })}
              className={styles.large}
              scrolls
            />
          </DialogBody>
        </Dialog>
      )}
    </>
  );
}
