import { MANNER_HEADS, WITH_OR_WITHOUT } from '../vocabulary/head-words';
import { lexiconOf } from '../vocabulary/words';

const MANNERS = lexiconOf(MANNER_HEADS);
const WITH = lexiconOf(WITH_OR_WITHOUT);

/** "Online", "Members", "With breakfast": how the same is bought. @param lower in small letters */
export const saysHow = (lower: string): boolean =>
  MANNERS.has(lower) || WITH.longestAt(lower, 0) !== undefined;
