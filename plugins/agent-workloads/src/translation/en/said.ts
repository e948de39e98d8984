import { SAID } from '@agentworkloads/api';

/** What the backend says; its English stands where the codes do. */
export const said = SAID;
