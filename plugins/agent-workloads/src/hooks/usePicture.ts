import { useEffect, useState } from 'react';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { pictureUrl } from '../lib/pictureUrl';
import { useObject } from './queries';

/** A picture out of the run's objects as a URL for an `img`, which can't send the person's token itself. */
export function usePicture(ref: RunRef, key: string | undefined) {
  const { data, error, isPending } = useObject(ref, key);
  const [read, setRead] = useState<{ url?: string; refused?: Error }>({});
  useEffect(() => {
    let current = true;
    setRead({});
    if (data) {
      pictureUrl(data).then(
        url => current && setRead({ url }),
        refused => current && setRead({ refused }),
      );
    }
    return () => {
      current = false;
    };
  }, [data]);
  return {
    url: read.url,
    error: error ?? read.refused,
    isPending: isPending && !!key,
  };
}
