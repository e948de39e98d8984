import { useEffect, useState } from 'react';

type Listener = (now: number) => void;

/** One clock for the page: hundreds of rows tell the time, and with a timer each they would render one by one. */
const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | undefined;

function onTick(listener: Listener): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    const now = Date.now();
    listeners.forEach(tell => tell(now));
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time in milliseconds, told anew each second while `ticking`. */
export function useNow(ticking: boolean = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => (ticking ? onTick(setNow) : undefined), [ticking]);
  return now;
}
