import { useCallback, useEffect, useState } from 'react';
import type { PageOf } from '../lib/logForPeople';
import { sha256Hex } from '../lib/proof';

/** As many characters of a hash as steps log. */
const LOGGED = 12;

const NONE: ReadonlyMap<string, string> = new Map();

/** Finds which of these addresses a log is about; none where the browser computes no hashes, as over plain http. */
export function usePageHashes(urls: readonly string[]): PageOf {
  const [known, setKnown] = useState(NONE);
  const list = JSON.stringify(urls);
  useEffect(() => {
    let gone = false;
    const encoder = new TextEncoder();
    const hashes = (JSON.parse(list) as string[]).map(async url => {
      const { buffer } = encoder.encode(url);
      const hash = await sha256Hex(buffer);
      return hash ? [[hash.slice(0, LOGGED), url] as const] : [];
    });
    void Promise.all(hashes).then(found => {
      if (!gone) setKnown(new Map(found.flat()));
    });
    return () => {
      gone = true;
    };
  }, [list]);
  return useCallback(hash => known.get(hash), [known]);
}
