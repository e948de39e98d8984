import { useEffect, useState } from 'react';

/** Between the last key and the search. */
const SEARCH_DELAY_MS = 300;

/**
 * A filter that is typed: the field follows each key, and the list is asked once the typing rests.
 *
 * @param outside what the list is asked for now; a change of it from elsewhere comes into the field
 * @param onChange stable between renders, or each one begins the wait anew
 */
export function useTypedFilter(
  outside: string,
  onChange: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(outside);
  useEffect(() => setText(outside), [outside]);
  useEffect(() => {
    if (text === outside) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(text), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, outside, onChange]);
  return [text, setText];
}
