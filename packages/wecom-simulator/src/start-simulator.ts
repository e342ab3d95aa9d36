import { randomBytes } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { createSampleApps, type SimulatorApp, sampleCorpId } from './apps.ts';
import { type CallbackService, createCallbackService } from './callbacks/callback-service.ts';
import type { Corp } from './corp/corp.ts';
import { createSampleCorp } from './corp/sample-corp.ts';
import { createScopeViewer } from './corp/visible-scope.ts';
import { createExportService, type ExportService } from './exports/export-service.ts';
import { createFaults, type Faults } from './faults.ts';
import { createLimits } from './limits.ts';
import { createOutbox, type SentMessage } from './outbox.ts';
import { createApplication, listen, readAddress } from './server.ts';
import { createSignInService, type SignInService } from './sign-in-service.ts';
import type { SimulatorSettings, SimulatorState } from './simulator-state.ts';
import { createStats, type Stats } from './stats.ts';
import { createTokenStore, type TokenStore } from './tokens.ts';

/** What may be chosen at start; everything has a default. */
export interface SimulatorOptions {
  /** The corp's id; default the sample corp's. */
  readonly corpid?: string;
  /** Default: a fresh sample corp. */
  readonly corp?: Corp;
  /** Default: the sample corp's two apps. */
  readonly apps?: SimulatorApp[];
  /** Address to listen on, default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Overrides of the default settings. */
  readonly settings?: Partial<SimulatorSettings>;
  /** Clock in milliseconds, default the system's. */
  readonly now?: () => number;
  /** Waits for latency and delay faults, default real time. */
  readonly sleep?: (delayMs: number) => Promise<unknown>;
  /** Gives random letters and digits for tokens, codes and hints; default from the system's secure source. */
  readonly createText?: (length: number) => string;
}

/** A running simulator. `corp`, `apps` and `settings` may be changed while it runs. */
export interface WecomSimulator {
  /** Scheme, host and port without a trailing slash; vendor paths begin with /cgi-bin. */
  readonly baseUrl: string;
  readonly corpid: string;
  readonly corp: Corp;
  readonly apps: SimulatorApp[];
  readonly settings: SimulatorSettings;
  readonly tokens: TokenStore;
  /** Makes codes and tickets without the pages, for tests. */
  readonly signIns: SignInService;
  /** Messages of the apps that members have got, the oldest first. */
  readonly messages: readonly SentMessage[];
  /** Sends events to the addresses that are set. */
  readonly callbacks: CallbackService;
  readonly exports: Pick<ExportService, 'untilMade'>;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Stops listening and ends every open connection, hanging calls too. */
  close(): Promise<void>;
}

/**
 * Defaults: WeCom's own numbers where one is known; wrong secrets and parallel calls have none, so they are a
 * choice.
 */
const defaultSettings: SimulatorSettings = {
  tokenLifetimeSeconds: 7200,
  tokenBytes: 214,
  reusesToken: true,
  callsPerMinute: 10_000,
  parallelCalls: 300,
  membersPerAnswer: null,
  wrongSecretsPerHour: 100,
  latencyMs: 0,
  egressIp: null,
  gettokenChecksIp: false,
  exportPendingPolls: 1,
  exportFormat: 'bytes',
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function createRandomText(length: number): string {
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
}

function createState(options: SimulatorOptions): SimulatorState {
  const now = options.now ?? Date.now;
  const createText = options.createText ?? createRandomText;
  const sleep = options.sleep ?? ((delayMs: number) => sleepFor(delayMs));
  const corp = options.corp ?? createSampleCorp();
  const corpid = options.corpid ?? sampleCorpId;
  const callbacks = createCallbackService(corpid, now, createText);
  corp.onChange(callbacks.notifyChange);
  const onFinished = (jobid: string, path: string) =>
    callbacks.send('app', 'batch_job_result', describeJob(jobid, path));
  return {
    corpid,
    corp,
    apps: options.apps ?? createSampleApps(),
    settings: { ...defaultSettings, ...options.settings },
    tokens: createTokenStore(now, createText),
    signIns: createSignInService(now, createText),
    exports: createExportService(now, createText, onFinished),
    outbox: createOutbox(now),
    callbacks,
    faults: createFaults(),
    stats: createStats(),
    limits: createLimits(now),
    viewScope: createScopeViewer(corp),
    now,
    sleep: async (delayMs) => void (await sleep(delayMs)),
    createText,
  };
}

/** What `batch_job_result` says of an export, e.g. `export_user` of export/user. */
const describeJob = (jobid: string, path: string): string =>
  `<BatchJob><JobId><![CDATA[${jobid}]]></JobId><JobType><![CDATA[${path.replace('/', '_')}]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob>`;

/**
 * Starts a simulated WeCom on its own port.
 * @returns the running simulator; rejects when the port is taken
 */
export async function startWecomSimulator(options: SimulatorOptions = {}): Promise<WecomSimulator> {
  const state = createState(options);
  const host = options.host ?? '127.0.0.1';
  const server = await listen(createApplication(state), host, options.port ?? 0);
  const { corpid, corp, apps, settings, tokens, signIns, outbox, callbacks, exports, faults, stats } = state;
  return {
    baseUrl: `http://${host}:${readAddress(server).port}`,
    corpid,
    corp,
    apps,
    settings,
    tokens,
    signIns,
    messages: outbox.messages,
    callbacks,
    exports,
    faults,
    stats,
    close: () =>
      new Promise((resolve, reject) => {
        callbacks.close();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
