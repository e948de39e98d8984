import type { Follow, GateStatus, Wording } from '@agentworkloads/api';

/**
 * What is known of a page before a run, by one request of its site's robots.txt; the page itself is not asked for. @public
 */
export interface PageCheck {
  url: string;
  /**
   * `allowed`, `disallowed`: by its rules. `noRules`: the site answers and has none, so all is allowed. `notNow`: by its status, or where it has
   * moved to, nothing is to be visited for now. `unreachable`: the site does not answer, or must not be reached. `denied`: by the policy of
   * runs, and nothing was asked. `notChecked`: nothing is known.
   */
  outcome:
    | 'allowed'
    | 'disallowed'
    | 'noRules'
    | 'notNow'
    | 'unreachable'
    | 'denied'
    | 'notChecked';
  /** The line of robots.txt that decides; absent where none names the page. */
  rule?: { line: number; text: string };
  /** Of the answer to `robots.txt`. */
  status?: number;
  /** Why it is `unreachable`: as in reports, `DNS_FAILED` or `EGRESS_BLOCKED`. */
  reason?: string;
  /** Why it is `denied`, in the policy's words. */
  reasons?: string[];
  /** What each of `reasons` is made of, in the same order; its code is empty where only the sentence is known. */
  said?: Wording[];
  /** Why it is `notChecked`. */
  why?: 'noProxy' | 'proxyAway' | 'policyUnknown' | 'tooMany';
}

/** @public */
export interface CheckPagesRequest {
  cluster?: string;
  namespace?: string;
  /** At most 20. */
  targetUrls: string[];
  follow?: Follow;
}

/** Whether a run of this kind may start, as far as is known before it is made. @public */
export interface StartCheck {
  /** Whether the cluster would take the run from the caller: it was asked, and nothing was made. */
  cluster: {
    answer: 'accepted' | 'refused' | 'unknown';
    /** Why not. */
    error?: { message: string; said?: Wording };
  };
  /** What the policy that is asked at the start of each run says now. */
  policy: {
    answer: 'starts' | 'waits' | 'denied' | 'unknown';
    /** In the policy's words. */
    reasons: string[];
    /** What each of `reasons` is made of, in the same order; its code is empty where only the sentence is known. */
    said?: Wording[];
    /** How strict the gate would be; absent while that is unknown. */
    gate?: Pick<GateStatus, 'mode' | 'fourEyes' | 'approvals' | 'groups'>;
    /** Why it is `unknown`. */
    why?: 'notConfigured' | 'misnamed' | 'away' | 'unavailable';
  };
}
