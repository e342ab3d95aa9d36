import express, { type Router } from 'express';
import type { SimulatorState } from '../simulator-state.ts';
import { presentDemoPage } from './demo-page.ts';
import { sendPage, stylePath, styleSheet } from './page-layout.ts';

const readText = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Routes of the demo page at / and of the pages' style sheet. */
export function serveDemo(state: SimulatorState): Router {
  const router = express.Router();
  router.get(stylePath, (_request, response) => void response.type('css').send(styleSheet));
  router.get('/', (request, response) => {
    const departmentId = Number(readText(request.query.department) ?? 1);
    const done = readText(request.query.done);
    const problem = readText(request.query.problem);
    sendPage(response, 200, '模拟企业微信', presentDemoPage(state, { departmentId, done, problem }));
  });
  return router;
}
