import { useState } from 'react';

/** Something that a person asked for, once: whether it goes on, and why it was refused. What succeeds closes who asked. */
export function useAct() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  return {
    pending,
    error,
    run: async (act: () => Promise<void>): Promise<void> => {
      setPending(true);
      setError(undefined);
      try {
        await act();
      } catch (cause) {
        setError(cause);
        setPending(false);
      }
    },
  };
}
