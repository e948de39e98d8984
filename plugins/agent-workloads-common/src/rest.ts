/* eslint-disable max-lines, @typescript-eslint/naming-convention -- as the description is */
// Generated from plugins/agent-workloads-backend/src/schema/openapi.yaml by `npm run generate`; do not edit.
import type {
  AgentWorkload,
  AgentWorkloadScheduleSpec,
  AgentWorkloadScheduleSpecInput,
  AgentWorkloadScheduleStatus,
  AgentWorkloadSpecInput,
  Change,
  ChangesFile,
  FactsFile,
  GateStatus,
  Manifest,
  NotStarted,
  PolicyRecord,
  RunSummary,
  ShotsFile,
  StepStatus,
} from '@agentworkloads/api';

export interface paths {
  '/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Runs that the caller may see. */
    get: operations['listRuns'];
    put?: never;
    /** A new run, as the caller. */
    post: operations['createRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One run. */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/yaml': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The AgentWorkload as YAML. */
    get: operations['getRunYaml'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Events of the workload, its Workflow and its pods, newest first. */
    get: operations['listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is known before the report. */
    get: operations['getEvidence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/steps/{step}/log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Log of the step's last attempt. */
    get: operations['getLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/artifacts/{artifact}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Bytes of an artifact, with ranges. */
    get: operations['getArtifact'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/objects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Bytes of an object of this run, with ranges. */
    get: operations['getObject'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancels it, as the caller. */
    post: operations['cancelRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new run with the same input, as the caller. */
    post: operations['rerun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/open-again': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new run on what one saw whose gate ran out of time, as the caller. */
    post: operations['openAgain'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/gate/decision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Approves or denies, by a person at the keyboard. */
    post: operations['decideGate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{cluster}/{namespace}/{name}/gate/extension': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** More time to decide, by a person at the keyboard. */
    post: operations['extendGate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/checks/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Whether such a run may start, as far as is known before it is made.
     * @description The API server is asked as the caller, and makes nothing; the policy by the operator that would ask it at the start.
     */
    post: operations['checkStart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/checks/pages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What the sites of these pages say of a visit.
     * @description One request for each site, of its robots.txt, through the egress proxy of the runs and by the host rules of their policy. The pages are not asked
     *     for. A person may have 120 sites asked at once, and twelve more each minute.
     */
    post: operations['checkPages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Open gates. */
    get: operations['listGates'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Schedules, the next one first. */
    get: operations['listSchedules'];
    put?: never;
    /** A new one, in whose name it runs. */
    post: operations['createSchedule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules/{cluster}/{namespace}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One schedule. */
    get: operations['getSchedule'];
    put?: never;
    post?: never;
    /** With the runs that it has made. */
    delete: operations['deleteSchedule'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules/{cluster}/{namespace}/{name}/edit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** When it runs and what it asks. */
    post: operations['editSchedule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules/{cluster}/{namespace}/{name}/run-now': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** One run now, as the caller, in whose name it goes on. */
    post: operations['runScheduleNow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules/{cluster}/{namespace}/{name}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Due times lead to no runs. */
    post: operations['suspendSchedule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schedules/{cluster}/{namespace}/{name}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Due times lead to runs. */
    post: operations['resumeSchedule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What completed runs changed, newest first. */
    get: operations['listChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same as a file, at most 20,000 lines. */
    get: operations['getChangesCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes/visit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The caller looks at the changes. */
    post: operations['visitChanges'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes/{cluster}/{uid}/{position}/seen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Puts it aside for the caller, or takes it up again. */
    post: operations['markSeen'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes/{cluster}/{uid}/{position}/wrong': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says with a reason that it is none. */
    post: operations['callWrong'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes/{cluster}/{uid}/{position}/right': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes that back. */
    post: operations['takeBackWrong'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes/{cluster}/{uid}/{position}/test-page.zip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The pages that it was read from, as both runs saved them. */
    get: operations['getTestPage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}

interface components {
  schemas: {
    /** @description How Backstage answers what failed. */
    Error: {
      error: {
        /** @description Of the error in Backstage, `NotAllowedError` for example. */
        name: string;
        /** @description A sentence that says what to do. */
        message: string;
        said?: components['schemas']['Wording'];
      };
      response: {
        statusCode: number;
      };
    };
    /** @description What a sentence is made of, for who says it in another language. More codes may come. */
    Wording: {
      code: string;
      values: {
        [key: string]: string | number;
      };
    };
    /** @enum {string} */
    Phase:
      | 'Pending'
      | 'Running'
      | 'AwaitingApproval'
      | 'PolicyDenied'
      | 'Completed'
      | 'Failed'
      | 'TimedOut'
      | 'Denied'
      | 'Cancelled';
    /** @enum {string} */
    ChangeClass: 'price' | 'plan' | 'terms' | 'other';
    /** @enum {string} */
    GateDecision: 'approve' | 'deny';
    /** @description As Kubernetes has them. */
    Condition: {
      type: string;
      /** @enum {string} */
      status: 'True' | 'False' | 'Unknown';
      reason: string;
      message: string;
      /** Format: date-time */
      lastTransitionTime: string;
      observedGeneration?: number;
    };
    /** @description Which run, or which schedule. */
    RunRef: {
      /** @description By its name in `agentWorkloads.clusters`. */
      cluster: string;
      namespace: string;
      name: string;
    };
    /** @description One row of the Runs table. */
    RunListItem: {
      uid: string;
      objective: string;
      hosts: string[];
      phase: components['schemas']['Phase'];
      message?: string;
      /** @description Kubernetes user name of who asked; absent when the spec names nobody. */
      requestedBy?: string;
      /** @description Catalog references of the people who are named here, by their Kubernetes names. */
      people?: {
        [key: string]: string;
      };
      entityRef?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      /**
       * Format: date-time
       * @description When its pages were seen, by itself or by the run whose pages it used.
       */
      seenAt?: string;
      /** @description Which run visited the pages, and when, where this one visited none. */
      reused?: {
        run: string;
        /** Format: date-time */
        seenAt: string;
      };
      gate?: {
        /** Format: date-time */
        openedAt?: string;
        /** Format: date-time */
        deadline?: string;
        decision?: components['schemas']['GateDecision'];
        decidedBy?: string;
      };
      hasReport: boolean;
      summary?: {
        pages?: number;
        notObserved?: number;
        facts?: number;
        /** @description Absent: not compared, which is not 0. */
        changes?: number;
      };
    } & components['schemas']['RunRef'];
    ClusterState: {
      name: string;
      synced: boolean;
      /** @description Why it can't be read now; its last known runs are still listed. */
      error?: string;
      /** @description What the portal's account can't do there. */
      lacks?: string;
    };
    RunsResponse: {
      items: components['schemas']['Run'][];
      total: number;
      /** @description Values in what the caller may see, for the filters. */
      facets: {
        requestedBy: string[];
        hosts: string[];
        entityRefs: string[];
      };
      clusters: components['schemas']['ClusterState'][];
    };
    /** @description A row, and nothing besides. */
    Run: components['schemas']['RunListItem'];
    /** @description A node of the step graph; what the operator records of it (`status.steps[]` of AgentWorkload) beside it. */
    RunStep: {
      name: string;
      phase: string;
      dependsOn: string[];
      podName?: string;
      hasLog: boolean;
    } & StepStatus;
    MayDecide: {
      allowed: boolean;
      /** @description A sentence, when not. */
      reason?: string;
      /** @description What became of the caller's last decision, when the operator could not use it. */
      refused?: string;
      said?: components['schemas']['Wording'];
      /** @description An approval of the caller would add nothing, as `reason` says; they may still deny. */
      mayDeny?: boolean;
    };
    /** @description Whether a run whose gate ran out of time can be opened again on the pages that it saw, as far as the portal knows. */
    MayOpenAgain: {
      allowed: boolean;
      /** @description A sentence, when not. */
      reason?: string;
      said?: components['schemas']['Wording'];
    };
    /** @description One approval that counts. */
    GateVote: {
      /** @description Kubernetes user name, vouched for by admission. */
      username: string;
      /** @description Groups of the gate that it counts for. */
      groups?: string[];
      /** Format: date-time */
      decidedAt: string;
      comment?: string;
      approvalName: string;
      approvalUid: string;
    };
    RunApproval: {
      name: string;
      /** @description Kubernetes user name, vouched for by admission. */
      approver: string;
      decision: components['schemas']['GateDecision'];
      comment: string;
      /** Format: date-time */
      createdAt: string;
      nodeId: string;
      accepted?: {
        /** @enum {string} */
        status: 'True' | 'False' | 'Unknown';
        reason: string;
        message: string;
      };
    };
    RunDetail: {
      /** @description The AgentWorkload as the cluster has it. */
      resource: AgentWorkload;
      conditions: components['schemas']['Condition'][];
      steps: components['schemas']['RunStep'][];
      /** @description `status.gate` of AgentWorkload, with who may decide. */
      gateDetail?: {
        /** @description How many people have to approve; absent 1. */
        approvals?: number;
        /** @description Of each of these groups somebody must have approved. */
        groups?: string[];
        /** @description Approvals that count so far, oldest first. */
        votes?: components['schemas']['GateVote'][];
        workflowUid: string;
        mayDecide: components['schemas']['MayDecide'];
        deciders?: components['schemas']['GateDeciders'];
        /** @description `status.policy.gate` of AgentWorkload. */
        policy?: PolicyRecord;
        /** @description What policy `gate` was told. */
        summary?: RunSummary;
      } & GateStatus;
      /** @description `status.policy.start` of AgentWorkload. */
      policyStart?: PolicyRecord;
      artifacts: {
        [key: string]: {
          bucket: string;
          key: string;
          size?: number;
          sha256?: string;
        };
      };
      approvals?: components['schemas']['RunApproval'][];
      mayCancel: boolean;
      mayOpenAgain?: components['schemas']['MayOpenAgain'];
    } & components['schemas']['RunListItem'];
    /** @description Who may decide a gate, as far as the portal knows; the cluster has the last word. */
    GateDeciders: {
      /** @description Catalog references of groups that are the cluster's approvers. */
      groups: string[];
      /** @description Kubernetes name of who may not, under four eyes. */
      except?: string;
    };
    GateItem: {
      workflowUid: string;
      nodeId: string;
      /** Format: date-time */
      openedAt: string;
      /** Format: date-time */
      deadline: string;
      /** @description Hex sha256 of what the gate opened with. */
      evidence: string;
      fourEyes: boolean;
      /** @description How many people have to approve; absent 1. */
      approvals?: number;
      /** @description Of each of these groups somebody must have approved. */
      groups?: string[];
      /** @description Approvals that count so far, oldest first. */
      votes?: components['schemas']['GateVote'][];
      mayDecide: components['schemas']['MayDecide'];
      /** @description Every page was seen and compared with the earlier run, and nothing changed. */
      unchanged: boolean;
    } & components['schemas']['RunListItem'];
    GatesResponse: {
      /** @description Those that the caller may decide first, then by deadline. */
      items: components['schemas']['GateItem'][];
      clusters: components['schemas']['ClusterState'][];
    };
    /** @description One row of the Schedules table. */
    ScheduleItem: {
      uid: string;
      objective: string;
      /** @description How many addresses each run visits. */
      pages: number;
      /** @description Five fields, or a macro such as `@weekly`. */
      schedule: string;
      timeZone: string;
      suspend: boolean;
      /** @description Catalog references of the people who are named here, by their Kubernetes names. */
      people?: {
        [key: string]: string;
      };
      /** @description Kubernetes user name of the person in whose name the runs are made. */
      requestedBy?: string;
      /** Format: date-time */
      createdAt: string;
      conditions: components['schemas']['Condition'][];
      /** Format: date-time */
      nextAt?: string;
      /** Format: date-time */
      lastAt?: string;
      /** Format: date-time */
      lastSuccessAt?: string;
      active: string[];
      runNow?: string;
      /** @description `status.lastRunNow` of AgentWorkloadSchedule. */
      lastRunNow?: NonNullable<AgentWorkloadScheduleStatus['lastRunNow']>;
      notStarted: NotStarted[];
      lastRun?: components['schemas']['Run'];
      isYours: boolean;
      mayRun: boolean;
      mayUpdate: boolean;
    } & components['schemas']['RunRef'];
    /** @description A row, and nothing besides. */
    Schedule: components['schemas']['ScheduleItem'];
    ScheduleEditable: {
      schedule: string;
      timeZone: string;
      /** @enum {string} */
      concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
      startingDeadline: string;
      /** @description `spec.history` of AgentWorkloadSchedule. */
      history: AgentWorkloadScheduleSpec['history'];
      objective: string;
      targetUrls: string[];
    };
    ScheduleDetail: {
      spec: components['schemas']['ScheduleEditable'];
      /** @description Of that spec: an edit names it, so that nobody's change in between is lost. */
      generation: number;
      /** @description How many of its runs exist: they are deleted with it. */
      owned: number;
      mayDelete: boolean;
    } & components['schemas']['ScheduleItem'];
    SchedulesResponse: {
      items: components['schemas']['Schedule'][];
      clusters: components['schemas']['ClusterState'][];
    };
    EditScheduleRequest: {
      uid: string;
      generation: number;
      /** @description The person said yes to that runs go on in their name. */
      takeOver?: boolean;
      /** @description What is not named stays. */
      spec: {
        schedule?: string;
        timeZone?: string;
        /** @enum {string} */
        concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
        startingDeadline?: string;
        /** @description `spec.history` of AgentWorkloadSchedule. */
        history?: Partial<AgentWorkloadScheduleSpec['history']>;
        objective?: string;
        targetUrls?: string[];
      };
    };
    RunNowRequest: {
      /** @description The same one, sent again, starts no second run. */
      token: string;
      /** @description In whose name the schedule stood on the screen. */
      requestedBy?: string;
      uid?: string;
    };
    UidRequest: {
      /** @description Which schedule of that name; another one is left alone. */
      uid?: string;
    };
    WrongChange: {
      /** @description Entity reference of the person. */
      by: string;
      /** Format: date-time */
      at: string;
      reason: string;
      mine: boolean;
    };
    ChangeItem: {
      run: components['schemas']['RunRef'];
      workloadUid: string;
      /** @description In the report of the run, from 0. */
      position: number;
      /**
       * Format: date-time
       * @description Of a run that was opened again, when its pages were seen.
       */
      completedAt: string;
      /** Format: date-time */
      takenInAt: string;
      objective?: string;
      entityRef?: string;
      comparedWith?: string;
      comparedWithWorkflowUid?: string;
      company: string;
      host: string;
      class: components['schemas']['ChangeClass'];
      /** @description `changes[]` of report.json. */
      change: Change;
      /** Format: date-time */
      seenAt?: string;
      wrong?: components['schemas']['WrongChange'];
    };
    ChangesResponse: {
      items: components['schemas']['ChangeItem'][];
      nextCursor?: string;
      takenIn: boolean;
      waiting: number;
      clusters: components['schemas']['ClusterState'][];
    };
    ChangesVisit: {
      /** Format: date-time */
      unreadSince?: string;
    };
    MarkSeenRequest: {
      seen: boolean;
    };
    CallWrongRequest: {
      reason: string;
    };
    RunEvent: {
      type: string;
      reason: string;
      message: string;
      count: number;
      firstSeen: string;
      lastSeen: string;
      regarding: string;
    };
    EventsResponse: {
      items: components['schemas']['RunEvent'][];
    };
    /** @description What is known before the report. */
    RunEvidence: {
      /** @description The artifact `manifest`. */
      manifest?: Manifest;
      /** @description The artifact `facts`. */
      facts?: FactsFile;
      /** @description The artifact `shots`. */
      shots?: ShotsFile;
      /** @description The artifact `changes`. */
      changes?: ChangesFile;
    };
    CreateRunRequest: {
      cluster?: string;
      namespace?: string;
      /** @description Absent: a name is made from the first host and the time. */
      name?: string;
      /** @description The same request of the same person, sent again with the same key, makes no second one. */
      key?: string;
      /** @description `spec` of AgentWorkload, without `requestedBy`, `cancel` and `cancelledBy`. */
      spec: Omit<
        AgentWorkloadSpecInput,
        'requestedBy' | 'cancel' | 'cancelledBy'
      >;
    };
    CheckPagesRequest: {
      cluster?: string;
      namespace?: string;
      targetUrls: string[];
      /** @enum {string} */
      follow?: 'none' | 'pricing';
    };
    PageCheck: {
      url: string;
      /** @enum {string} */
      outcome:
        | 'allowed'
        | 'disallowed'
        | 'noRules'
        | 'notNow'
        | 'unreachable'
        | 'denied'
        | 'notChecked';
      /** @description The line of robots.txt that decides; absent where none names the page. */
      rule?: {
        line: number;
        text: string;
      };
      /** @description Of the answer to `robots.txt`. */
      status?: number;
      /** @description Why it is `unreachable`, as in reports. */
      reason?: string;
      /** @description Why it is `denied`, in the policy's words. */
      reasons?: string[];
      /** @description What each of `reasons` is made of, in the same order; its code is empty where only the sentence is known. */
      said?: components['schemas']['Wording'][];
      /**
       * @description Why it is `notChecked`.
       * @enum {string}
       */
      why?: 'noProxy' | 'proxyAway' | 'policyUnknown' | 'tooMany';
    };
    StartCheck: {
      /** @description Whether the cluster would take the run from the caller. */
      cluster: {
        /** @enum {string} */
        answer: 'accepted' | 'refused' | 'unknown';
        error?: {
          message: string;
          said?: components['schemas']['Wording'];
        };
      };
      /** @description What the policy says that is asked at the start of each run. */
      policy: {
        /** @enum {string} */
        answer: 'starts' | 'waits' | 'denied' | 'unknown';
        reasons: string[];
        /** @description What each of `reasons` is made of, in the same order; its code is empty where only the sentence is known. */
        said?: components['schemas']['Wording'][];
        /** @description How strict the gate would be; absent while that is unknown. */
        gate?: Pick<GateStatus, 'mode' | 'fourEyes' | 'approvals' | 'groups'>;
        /**
         * @description Why it is `unknown`.
         * @enum {string}
         */
        why?: 'notConfigured' | 'misnamed' | 'away' | 'unavailable';
      };
    };
    CreateScheduleRequest: {
      cluster?: string;
      namespace?: string;
      name?: string;
      /** @description The same request of the same person, sent again with the same key, makes no second one. */
      key?: string;
      /** @description `spec` of AgentWorkloadSchedule, without `requestedBy`. */
      spec: Omit<AgentWorkloadScheduleSpecInput, 'requestedBy'>;
    };
    CancelRequest: {
      /** @description Why, for people; it stands in the run with the name of the caller. */
      reason?: string;
    };
    RerunRequest: {
      /** @description The same request of the same person, sent again with the same key, makes no second one. */
      key?: string;
    };
    DecideGateRequest: {
      workloadUid: string;
      workflowUid: string;
      nodeId: string;
      decision: components['schemas']['GateDecision'];
      /** @description Required to deny. */
      comment?: string;
      /** @description As it stood on the screen; required to approve. */
      evidence?: string;
    };
    ExtendGateRequest: {
      workloadUid: string;
      workflowUid: string;
      nodeId: string;
      /**
       * Format: date-time
       * @description After its deadline, and at most what policy lets a gate wait after it opened.
       */
      extendTo: string;
      comment?: string;
    };
    DecideGateResponse: {
      approval: {
        name: string;
        uid: string;
      };
    };
  };
  responses: {
    /** @description Why not, as a sentence: 400, 401, 403, 404, 409, 422, 503. */
    Refused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
  };
  parameters: {
    cluster: string;
    namespace: string;
    name: string;
    step: string;
    artifact: string;
    uid: string;
    position: number;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}

interface operations {
  listRuns: {
    parameters: {
      query?: {
        cluster?: string;
        namespace?: string;
        phase?: components['schemas']['Phase'][];
        requestedBy?: string;
        entityRef?: string;
        host?: string;
        /** @description Runs that visit this page, however its address is written. */
        url?: string;
        /** @description `waits` is AwaitingApproval; `failed` is Failed and TimedOut; `stopped` is PolicyDenied, Denied and Cancelled. */
        outcome?: 'onTheWay' | 'waits' | 'completed' | 'failed' | 'stopped';
        hasReport?: boolean;
        /** @description Only what the caller asked for. */
        mine?: boolean;
        /** @description Started then or later; a run that has not begun counts from when it was made. */
        from?: string;
        /** @description Started before. */
        to?: string;
        /** @description A part, in any case, of name, objective, address, entity reference, person or phase. */
        search?: string;
        /** @description Runs of these entities are found by the search as well. */
        searchEntityRef?: string[];
        /** @description Runs in these phases are found by the search as well. */
        searchPhase?: components['schemas']['Phase'][];
        sort?:
          | 'createdAt'
          | 'startedAt'
          | 'name'
          | 'phase'
          | 'requestedBy'
          | 'duration'
          | 'pagesSeenAt';
        order?: 'asc' | 'desc';
        offset?: number;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunsResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  createRun: {
    parameters: {
      query?: {
        /** @description The API server checks everything, and nothing is made. */
        dryRun?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRunRequest'];
      };
    };
    responses: {
      /** @description Made before with this key, or only checked (`dryRun`). */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      /** @description Made. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getRunYaml: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/yaml': string;
        };
      };
      default: components['responses']['Refused'];
    };
  };
  listEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventsResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunEvidence'];
        };
      };
      /** @description As before. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  getLog: {
    parameters: {
      query?: {
        follow?: boolean;
      };
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
        step: components['parameters']['step'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Text; with `follow` as it is written. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getArtifact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
        artifact: components['parameters']['artifact'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          '*/*': unknown;
        };
      };
      /** @description A range of them. */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          '*/*': unknown;
        };
      };
      /** @description As before. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No such range. */
      416: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  getObject: {
    parameters: {
      query: {
        /** @description Of this run only. */
        key: string;
      };
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          '*/*': unknown;
        };
      };
      /** @description A range of them. */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          '*/*': unknown;
        };
      };
      /** @description As before. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No such range. */
      416: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CancelRequest'];
      };
    };
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  rerun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RerunRequest'];
      };
    };
    responses: {
      /** @description Made before with this key. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      /** @description Made. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  openAgain: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RerunRequest'];
      };
    };
    responses: {
      /** @description Made before with this key. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      /** @description Made. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  decideGate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DecideGateRequest'];
      };
    };
    responses: {
      /** @description Recorded; the operator judges it. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecideGateResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  extendGate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ExtendGateRequest'];
      };
    };
    responses: {
      /** @description Asked for; the operator moves the deadline. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  checkStart: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRunRequest'];
      };
    };
    responses: {
      /** @description What each of the two says. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StartCheck'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  checkPages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CheckPagesRequest'];
      };
    };
    responses: {
      /** @description Of each page, in the order of the request. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PageCheck'][];
          };
        };
      };
      default: components['responses']['Refused'];
    };
  };
  listGates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GatesResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  listSchedules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SchedulesResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  createSchedule: {
    parameters: {
      query?: {
        /** @description The API server checks everything, and nothing is made. */
        dryRun?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateScheduleRequest'];
      };
    };
    responses: {
      /** @description Made before with this key, or only checked (`dryRun`). */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      /** @description Made. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunRef'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScheduleDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  deleteSchedule: {
    parameters: {
      query: {
        /** @description Of the one that was looked at. */
        uid: string;
      };
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refused'];
    };
  };
  editSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EditScheduleRequest'];
      };
    };
    responses: {
      /** @description As it is then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScheduleDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  runScheduleNow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RunNowRequest'];
      };
    };
    responses: {
      /** @description As it is then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScheduleDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  suspendSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UidRequest'];
      };
    };
    responses: {
      /** @description As it is then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScheduleDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  resumeSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UidRequest'];
      };
    };
    responses: {
      /** @description As it is then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScheduleDetail'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  listChanges: {
    parameters: {
      query?: {
        cluster?: string;
        namespace?: string;
        /** @description Name of a run. */
        run?: string;
        /** @description A part of its name or host, in any case. */
        company?: string;
        kind?: components['schemas']['ChangeClass'][];
        /** @description Of runs whose pages were seen then or later. What is approved days after that stands at the day on which it was seen, so whoever asks again and again looks back further than the last time they asked. */
        since?: string;
        entityRef?: string;
        show?: 'unread' | 'wrong';
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of it. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangesResponse'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getChangesCsv: {
    parameters: {
      query?: {
        cluster?: string;
        namespace?: string;
        /** @description Name of a run. */
        run?: string;
        /** @description A part of its name or host, in any case. */
        company?: string;
        kind?: components['schemas']['ChangeClass'][];
        /** @description Of runs whose pages were seen then or later. What is approved days after that stands at the day on which it was seen, so whoever asks again and again looks back further than the last time they asked. */
        since?: string;
        entityRef?: string;
        show?: 'unread' | 'wrong';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      default: components['responses']['Refused'];
    };
  };
  visitChanges: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Since when they are unread. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangesVisit'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  markSeen: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        uid: components['parameters']['uid'];
        position: components['parameters']['position'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MarkSeenRequest'];
      };
    };
    responses: {
      /** @description As the caller sees it then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangeItem'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  callWrong: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        uid: components['parameters']['uid'];
        position: components['parameters']['position'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CallWrongRequest'];
      };
    };
    responses: {
      /** @description As the caller sees it then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangeItem'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  takeBackWrong: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        uid: components['parameters']['uid'];
        position: components['parameters']['position'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As the caller sees it then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangeItem'];
        };
      };
      default: components['responses']['Refused'];
    };
  };
  getTestPage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        cluster: components['parameters']['cluster'];
        uid: components['parameters']['uid'];
        position: components['parameters']['position'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A zip. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/zip': string;
        };
      };
      default: components['responses']['Refused'];
    };
  };
}
