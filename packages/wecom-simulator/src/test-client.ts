import { readFileSync } from 'node:fs';
import { type SimulatorApp, sampleApp, sampleContactSync } from './apps.ts';
import { type SimulatorOptions, startWecomSimulator, type WecomSimulator } from './start-simulator.ts';

/** A parsed answer of the server. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
export type Answer = any;

/** A simulator under test with a clock that stands still and a sleep that returns at once. */
export interface TestClient {
  readonly simulator: WecomSimulator;
  readonly app: SimulatorApp;
  readonly contactSync: SimulatorApp;
  /** Delays that the server asked for, in milliseconds. */
  readonly sleeps: number[];
  passTime(milliseconds: number): void;
  /** Calls a vendor endpoint without adding a token. */
  callPlain(path: string, parameters?: Record<string, string | number>, init?: RequestInit): Promise<Answer>;
  /** Calls a vendor endpoint with a token of the app, or of the one given. */
  call(path: string, parameters?: Record<string, string | number>, app?: SimulatorApp): Promise<Answer>;
  /** Posts JSON with a token of the app. */
  post(path: string, body: unknown): Promise<Answer>;
  control(action: string, input: unknown): Promise<{ status: number; body: Answer }>;
  tokenOf(app: SimulatorApp): string;
}

/** Starts a simulator for one test; the caller closes `simulator`. */
export async function startTestClient(options: SimulatorOptions = {}): Promise<TestClient> {
  let nowMs = Date.UTC(2026, 8, 11);
  const sleeps: number[] = [];
  const sleep = async (delayMs: number) => sleeps.push(delayMs);
  const simulator = await startWecomSimulator({ now: () => nowMs, sleep, ...options });
  const [app, contactSync] = simulator.apps;
  if (app === undefined || contactSync === undefined) throw new Error('a test needs two apps');
  const tokenOf = (of: SimulatorApp) => simulator.tokens.issue(of, simulator.settings).token;
  const callPlain: TestClient['callPlain'] = async (path, parameters = {}, init = {}) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
    const response = await fetch(`${simulator.baseUrl}/cgi-bin/${path}?${query}`, init);
    return response.json();
  };
  return {
    simulator,
    app,
    contactSync,
    sleeps,
    passTime: (milliseconds) => {
      nowMs += milliseconds;
    },
    callPlain,
    call: (path, parameters = {}, of = app) => callPlain(path, { ...parameters, access_token: tokenOf(of) }),
    post: (path, body) =>
      callPlain(path, { access_token: tokenOf(app) }, { method: 'POST', body: JSON.stringify(body) }),
    async control(action, input) {
      const response = await fetch(`${simulator.baseUrl}/simulator/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return { status: response.status, body: await response.json() };
    },
    tokenOf,
  };
}

/** The vendor's sample answers and errors that the whole repository tests against. */
export function readVendorVectors(): Answer {
  const file = new URL('../../wecom/test-data/wecom-vectors.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Parameters of gettoken for the sample app. */
export const appCredential = { corpid: sampleApp.corpid, corpsecret: sampleApp.secret };

/** Parameters of gettoken for the contact-sync assistant. */
export const contactSyncCredential = { corpid: sampleApp.corpid, corpsecret: sampleContactSync.secret };
