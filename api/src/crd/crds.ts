import { z } from 'zod';
import {
  agentApprovalSpecSchema,
  agentApprovalStatusSchema,
} from '../agent-approval';
import { agentWorkloadSpecSchema } from '../agent-workload';
import { agentWorkloadStatusSchema } from '../agent-workload-status';
import {
  agentWorkloadScheduleSpecSchema,
  agentWorkloadScheduleStatusSchema,
} from '../agent-workload-schedule';
import {
  AGENT_APPROVAL,
  AGENT_WORKLOAD,
  AGENT_WORKLOAD_SCHEDULE,
  GROUP,
  VERSION,
} from '../group';
import {
  APPROVAL_DESCRIPTIONS,
  SCHEDULE_DESCRIPTIONS,
  WORKLOAD_DESCRIPTIONS,
  withDescriptions,
} from './descriptions';
import { APPROVAL_RULES, SCHEDULE_RULES, WORKLOAD_RULES } from './rules';
import {
  CelRule,
  StructuralSchema,
  toStructural,
  withRules,
} from './structural';

interface PrinterColumn {
  name: string;
  type: 'string' | 'date' | 'integer';
  jsonPath: string;
  description: string;
  priority?: number;
}

interface KindOptions {
  names: {
    kind: string;
    plural: string;
    singular: string;
    shortNames: readonly string[];
  };
  description: string;
  spec: z.ZodType;
  status: z.ZodType;
  rules: Record<string, CelRule[]>;
  /** Of fields that say nothing themselves, by path. */
  descriptions: Record<string, string>;
  columns: PrinterColumn[];
}

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Time since creation',
};

const SCHEDULE_COLUMNS: PrinterColumn[] = [
  {
    name: 'Schedule',
    type: 'string',
    jsonPath: '.spec.schedule',
    description: 'When it runs',
  },
  {
    name: 'Time-Zone',
    type: 'string',
    jsonPath: '.spec.timeZone',
    description: 'In whose time',
  },
  {
    name: 'Ready',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Ready")].reason',
    description: 'Whether due times lead to runs, and why not',
  },
  {
    name: 'Last',
    type: 'date',
    jsonPath: '.status.lastScheduleTime',
    description: 'Due time of the last run',
  },
  {
    // As text: kubectl tells a date as an age, and has none for what is to come.
    name: 'Next',
    type: 'string',
    jsonPath: '.status.nextScheduleTime',
    description: 'The next due time',
  },
  {
    name: 'Runs',
    type: 'integer',
    jsonPath: '.status.owned.runs',
    description: 'Its runs; they are deleted with it',
    priority: 1,
  },
  {
    name: 'Requested-By',
    type: 'string',
    jsonPath: '.spec.requestedBy.username',
    description: 'Who asks for the runs',
    priority: 1,
  },
  AGE,
];

const APPROVAL_COLUMNS: PrinterColumn[] = [
  {
    name: 'Workload',
    type: 'string',
    jsonPath: '.spec.workloadRef.name',
    description: 'The AgentWorkload',
  },
  {
    name: 'Decision',
    type: 'string',
    jsonPath: '.spec.decision',
    description: 'approve or deny',
  },
  {
    name: 'Approver',
    type: 'string',
    jsonPath: '.spec.approver.username',
    description: 'Who decided',
  },
  {
    name: 'Accepted',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Accepted")].status',
    description: 'Whether the operator used it',
  },
  {
    name: 'Comment',
    type: 'string',
    jsonPath: '.spec.comment',
    description: 'Why',
    priority: 1,
  },
  AGE,
];

function crd(options: KindOptions): object {
  const { names, description, spec, status, rules, columns } = options;
  const plain: StructuralSchema = {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: toStructural(spec),
      status: toStructural(status),
    },
  };
  const schema = withRules(
    withDescriptions(plain, options.descriptions),
    rules,
  );
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${names.plural}.${GROUP}`,
      labels: {
        'app.kubernetes.io/name': names.plural,
        'app.kubernetes.io/component': 'api',
        'app.kubernetes.io/part-of': 'agentworkloads',
      },
    },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind: names.kind,
        listKind: `${names.kind}List`,
        plural: names.plural,
        singular: names.singular,
        shortNames: [...names.shortNames],
        categories: ['agents'],
      },
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}

/** The CustomResourceDefinitions, in the order they are applied. */
export function customResourceDefinitions(): object[] {
  return [
    crd({
      names: AGENT_WORKLOAD,
      description:
        'A run of an agent workflow: asked for by a person, allowed by policy, stopped at a gate, reported with evidence.',
      spec: agentWorkloadSpecSchema,
      status: agentWorkloadStatusSchema,
      rules: WORKLOAD_RULES,
      descriptions: WORKLOAD_DESCRIPTIONS,
      columns: [
        {
          name: 'Phase',
          type: 'string',
          jsonPath: '.status.phase',
          description: 'Where the run is',
        },
        {
          name: 'Gate',
          type: 'string',
          jsonPath: '.status.gate.decision',
          description: 'How the gate was decided',
        },
        {
          name: 'Decided-By',
          type: 'string',
          jsonPath: '.status.gate.decidedBy',
          description: 'Who or what decided the gate',
        },
        {
          name: 'Workflow',
          type: 'string',
          jsonPath: '.status.argoWorkflow.name',
          description: 'The Argo Workflow',
        },
        {
          name: 'Requested-By',
          type: 'string',
          jsonPath: '.spec.requestedBy.username',
          description: 'Who asked',
          priority: 1,
        },
        {
          name: 'Policy',
          type: 'string',
          jsonPath: '.status.policy.start.revision',
          description: 'Revision of the policy that let it start',
          priority: 1,
        },
        {
          name: 'Message',
          type: 'string',
          jsonPath: '.status.message',
          description: 'What is going on',
          priority: 1,
        },
        AGE,
      ],
    }),
    crd({
      names: AGENT_WORKLOAD_SCHEDULE,
      description:
        'A series of runs: the same question asked again at times that a person chose.',
      spec: agentWorkloadScheduleSpecSchema,
      status: agentWorkloadScheduleStatusSchema,
      rules: SCHEDULE_RULES,
      descriptions: SCHEDULE_DESCRIPTIONS,
      columns: SCHEDULE_COLUMNS,
    }),
    crd({
      names: AGENT_APPROVAL,
      description: 'One decision of one person about one gate.',
      spec: agentApprovalSpecSchema,
      status: agentApprovalStatusSchema,
      rules: APPROVAL_RULES,
      descriptions: APPROVAL_DESCRIPTIONS,
      columns: APPROVAL_COLUMNS,
    }),
  ];
}
