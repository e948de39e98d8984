import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Two pages of one competitor, approved by a person',
    example: stringify({
      steps: [
        {
          id: 'run',
          name: 'Start the run',
          action: 'agent-workloads:create',
          input: {
            objective: 'Plans and prices of Tidepool',
            targetUrls: [
              'https://tidepool.example.com/pricing',
              'https://tidepool.example.com/features',
            ],
            entityRef: 'component:default/tidepool',
          },
        },
      ],
    }),
  },
  {
    description:
      'A gate that policy may pass, or somebody other than the requester',
    example: stringify({
      steps: [
        {
          id: 'run',
          name: 'Start the run',
          action: 'agent-workloads:create',
          input: {
            objective: 'Weekly look at the price list',
            targetUrls: ['https://metricly.example.com/pricing'],
            gateMode: 'policy',
            fourEyes: true,
            timeouts: {
              execution: '1h',
              suspendGate: '20m',
              noProgress: '5m',
            },
          },
        },
      ],
    }),
  },
];
