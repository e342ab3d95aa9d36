import { defineEndpoint } from '../endpoint.ts';
import { overview } from '../schemas/overview.ts';

/** `GET /overview`: tell whether all is well. */
export const getOverview = defineEndpoint({
  method: 'get',
  path: '/overview',
  summary: 'Tell whether all is well',
  description:
    'A verdict with what it rests on, what waits for a decision, members by status and department, changes over time, the latest sign-ins and versions.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: overview },
});
