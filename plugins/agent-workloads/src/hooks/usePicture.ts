import { useEffect, useState } from 'react';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { pictureUrl } from '../lib/pictureUrl';
import { useObject } from './queries';

interface Picture {
  url?: string;
  /** `unread`: there is no such picture to be had. `blocked`: it is here, and the browser did not show it. */
  problem?: 'unread' | 'blocked';
}

/** A picture out of the run's objects, for an `img`, which can't send the person's token itself. */
export function usePicture(ref: RunRef, key: string) {
  const { data, error } = useObject(ref, key);
  const [picture, setPicture] = useState<Picture>({});
  useEffect(() => {
    let current = true;
    setPicture({});
    if (data) {
      pictureUrl(data).then(
        url => current && setPicture({ url }),
        () => current && setPicture({ problem: 'unread' }),
      );
    }
    return () => {
      current = false;
    };
  }, [data]);
  const { url } = picture;
  const problem = error ? 'unread' : picture.problem;
  return { url, problem, onError: () => setPicture({ problem: 'blocked' }) };
}
