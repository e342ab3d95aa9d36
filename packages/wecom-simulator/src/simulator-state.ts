import type { SimulatorApp } from './apps.ts';
import type { CallbackService } from './callbacks/callback-service.ts';
import type { Corp } from './corp/corp.ts';
import type { VisibleScope, VisibleView } from './corp/visible-scope.ts';
import type { ExportService } from './exports/export-service.ts';
import type { ExportFormat } from './exports/make-file.ts';
import type { Faults } from './faults.ts';
import type { LimitRules, Limits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import type { SignInService } from './sign-in-service.ts';
import type { Stats } from './stats.ts';
import type { TokenRules, TokenStore } from './tokens.ts';

/** Settings that may be changed while the server runs. */
export interface SimulatorSettings extends TokenRules, LimitRules {
  tokenLifetimeSeconds: number;
  tokenBytes: number;
  reusesToken: boolean;
  callsPerMinute: number;
  parallelCalls: number;
  membersPerAnswer: number | null;
  wrongSecretsPerHour: number;
  /** Every answer comes after this delay. */
  latencyMs: number;
  /** The caller's address as the server pretends to see it; null = the socket's address. */
  egressIp: string | null;
  /** True: gettoken refuses untrusted addresses too (reports differ on what WeCom does). */
  gettokenChecksIp: boolean;
  /** How many looks at an export job, from its submission on, say that it is still running. */
  exportPendingPolls: number;
  /** How the files of exports look, which no document says. */
  exportFormat: ExportFormat;
}

/** Everything that a handler may look at. */
export interface SimulatorState {
  readonly corpid: string;
  readonly corp: Corp;
  readonly apps: SimulatorApp[];
  readonly settings: SimulatorSettings;
  readonly tokens: TokenStore;
  readonly signIns: SignInService;
  readonly exports: ExportService;
  readonly outbox: Outbox;
  readonly callbacks: CallbackService;
  readonly faults: Faults;
  readonly stats: Stats;
  readonly limits: Limits;
  readonly viewScope: (scope: VisibleScope) => VisibleView;
  readonly now: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
  readonly createText: (length: number) => string;
}
