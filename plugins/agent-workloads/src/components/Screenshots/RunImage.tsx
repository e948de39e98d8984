import { useRef } from 'react';
import { Flex, Skeleton, Text } from '@backstage/ui';
import type { Shot } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiImageLine } from '@remixicon/react';
import { usePicture } from '../../hooks/usePicture';
import { useWords } from '../../translation/words';
import styles from './Screenshots.module.css';

export interface BoxStyle {
  left: string;
  top: string;
  width: string;
  height: string;
}

/** An image out of the run's objects, with a box drawn on it where one is given. */
export function RunImage(props: {
  run: RunRef;
  shot: Shot;
  alt: string;
  box?: BoxStyle;
  className?: string;
  /** The image is larger than its frame, so the frame must be reachable by keyboard. */
  scrolls?: boolean;
}) {
  const { run, shot, box } = props;
  const { t } = useWords();
  const { url, problem, onError } = usePicture(run, shot.key);
  const outer = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  // Scrolls this box alone: scrollIntoView would move the dialog around it as well.
  const bringIntoView = () => {
    if (outer.current && mark.current) {
      const { offsetTop, offsetHeight } = mark.current;
      outer.current.scrollTop =
        offsetTop - (outer.current.clientHeight - offsetHeight) / 2;
    }
  };
  if (problem) {
    return (
      <Flex align="center" gap="2" className={styles.broken}>
        <RiImageLine size={16} aria-hidden />
        <Text variant="body-small" color="secondary">
          {problem === 'unread' ? t('shots.unread') : t('shots.blocked')}
        </Text>
      </Flex>
    );
  }
  return (
    <div
      ref={outer}
      className={props.className}
      {...(props.scrolls && {
        tabIndex: 0,
        role: 'group',
        'aria-label': props.alt,
      })}
    >
      <div className={styles.frame}>
        {url ? (
          <img
            src={url}
            alt={props.alt}
            width={shot.width}
            height={shot.height}
            className={styles.image}
            onLoad={bringIntoView}
            onError={onError}
          />
        ) : (
          <Skeleton width="100%" height={160} />
        )}
        {url && box && (
          <div ref={mark} className={styles.box} style={box} aria-hidden />
        )}
      </div>
    </div>
  );
}
