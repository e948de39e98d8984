import { useEffect, useRef } from 'react';
import { Flex, Skeleton, Text } from '@backstage/ui';
import type { Shot } from '@agentic/api';
import type { RunRef } from '@agentic/backstage-plugin-agent-workloads-common';
import { RiImageLine } from '@remixicon/react';
import { useObjectUrl } from '../../hooks/useObjectUrl';
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
}) {
  const { run, shot, box } = props;
  const { url, error } = useObjectUrl(run, shot.key);
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (url) {
      mark.current?.scrollIntoView?.({ block: 'center' });
    }
  }, [url]);
  if (error) {
    return (
      <Flex align="center" gap="2" className={styles.broken}>
        <RiImageLine size={16} aria-hidden />
        <Text variant="body-small" color="secondary">
          The image could not be read.
        </Text>
      </Flex>
    );
  }
  return (
    <div className={props.className}>
      <div className={styles.frame}>
        {url ? (
          <img
            src={url}
            alt={props.alt}
            width={shot.width}
            height={shot.height}
            className={styles.image}
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
