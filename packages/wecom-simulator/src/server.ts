import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { serveControl } from './control/serve-control.ts';
import { serveDemo } from './pages/serve-demo.ts';
import { serveSignIn } from './pages/serve-sign-in.ts';
import { serveEndpoints } from './serve-endpoints.ts';
import { serveExportFiles } from './serve-export-files.ts';
import type { SimulatorState } from './simulator-state.ts';

/**
 * Builds the HTTP application: vendor endpoints below /cgi-bin, files of exports, sign-in pages, control API
 * below /simulator, demo page. Everything unknown is a 404.
 */
export function createApplication(state: SimulatorState): Express {
  const application = express();
  application.disable('x-powered-by');
  application.disable('etag');
  application.use('/cgi-bin', serveEndpoints(state));
  application.use('/export-files', serveExportFiles(state));
  application.use('/simulator', serveControl(state));
  application.use(serveSignIn(state), serveDemo(state));
  application.use((_request, response) => void response.status(404).type('html').send('404 page not found'));
  return application;
}

/** Starts listening; fails when the port is taken. */
export async function listen(application: Express, host: string, port: number): Promise<Server> {
  const server = createServer(application);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return server;
}

/** The address of a listening server. */
export function readAddress(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on TCP');
  return address;
}
