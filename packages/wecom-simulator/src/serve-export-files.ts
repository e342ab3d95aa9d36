import express, { type Router } from 'express';
import { sendFile } from './apply-fault.ts';
import type { SimulatorState } from './simulator-state.ts';

/** Faults and counters know downloads by this name. */
const download = 'export/download';

/**
 * The files of exports, on no path of the API: the address alone authorizes the download for two hours;
 * afterwards 403.
 */
export function serveExportFiles(state: SimulatorState): Router {
  const router = express.Router();
  router.get('/:id', async (request, response) => {
    state.stats.start(download);
    response.once('close', () => state.stats.end(download));
    const effect = state.faults.take({ endpoint: download, departmentId: undefined });
    if (state.settings.latencyMs > 0) await state.sleep(state.settings.latencyMs);
    if (effect?.kind === 'delay') await state.sleep(effect.delayMs);
    if (effect?.kind === 'hold') await state.faults.cleared();
    const file = await state.exports.openFile(request.params.id);
    if (file === undefined) response.status(403).type('xml').send('<Error><Code>AccessDenied</Code></Error>');
    else sendFile(response, file, effect);
  });
  return router;
}
