import { latestGateEnd } from '@agentworkloads/api';

const HOUR_MS = 3_600_000;
const STEPS_MS = [4, 24, 72, 168].map(hours => hours * HOUR_MS);

interface Gate {
  openedAt?: string;
  deadline?: string;
}

/**
 * Until when a gate can be left open, soonest first: a few hours to a week after its deadline, and at last the longest that policy
 * leaves it.
 * @param longestSeconds `policyStart.longestGateSeconds`; without it nothing can be extended
 * @returns RFC 3339, whole seconds
 */
export function extensionChoices(
  { openedAt, deadline }: Gate,
  longestSeconds: number | undefined,
): string[] {
  const end = Date.parse(deadline ?? '');
  const latest = latestGateEnd(
    { openedAt },
    { longestGateSeconds: longestSeconds },
  );
  if (latest === undefined || !(latest > end)) return [];
  const sooner = STEPS_MS.map(step => end + step).filter(at => at < latest);
  return [...sooner, latest].map(at =>
    new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
  );
}
