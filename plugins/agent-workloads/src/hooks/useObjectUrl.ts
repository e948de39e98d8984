import { useEffect, useState } from 'react';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useObject } from './queries';

const IMAGE_TYPES = ['image/webp', 'image/png', 'image/jpeg'];

/**
 * An image of the run as an object URL, for an `img` can't send the token. The URL is
 * revoked with the component. Anything that is no plain image is refused: an SVG from a
 * hostile page may hold script.
 */
export function useObjectUrl(ref: RunRef, key: string | undefined) {
  const { data, error, isPending } = useObject(ref, key);
  const [url, setUrl] = useState<string>();
  const acceptable = data && IMAGE_TYPES.includes(data.type);
  useEffect(() => {
    if (!data || !acceptable) {
      return undefined;
    }
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [data, acceptable]);
  const refused =
    data && !acceptable ? new Error(`Not an image: ${data.type}`) : undefined;
  return { url, error: error ?? refused, isPending: isPending && !!key };
}
