import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Each Monday at seven in Berlin, and a first run at once',
    example: stringify({
      steps: [
        {
          id: 'schedule',
          name: 'Make the schedule',
          action: 'agent-workloads:create-schedule',
          input: {
            name: 'tidepool-weekly',
            schedule: '0 7 * * 1',
            timeZone: 'Europe/Berlin',
            runNow: true,
            objective: 'What changed in plans and prices since last week?',
            targetUrls: ['https://tidepool.example.com/pricing'],
            gateMode: 'policy',
          },
        },
      ],
    }),
  },
];
