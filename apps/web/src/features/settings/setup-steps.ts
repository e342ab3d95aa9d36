import type { WecomSettings } from '@orgmirror/contracts';
import { findCurrentFailure, getConnectionStatus, isConfigured } from './connection/connection-status.ts';

export const setupStepIds = [
  'createApp',
  'visibleScope',
  'copyValues',
  'trustedDomain',
  'trustedIp',
  'switchOn',
] as const;
export type SetupStepId = (typeof setupStepIds)[number];
export type SetupStepState = 'done' | 'open' | 'unknown';

export interface SetupSteps {
  states: Record<SetupStepId, SetupStepState>;
  doneCount: number;
  /** What is to do now; null when all is done. */
  current: SetupStepId | null;
  /** The address to enter as a trusted IP, when the last test was refused for it. */
  egressIp: string | undefined;
}

/**
 * Progress of the set-up in the WeCom console, derived from the saved settings and the latest calls: what a
 * sync could read needs no test.
 * WeCom cannot be asked about a trusted domain: an accepted IP implies it, because the IP form needs it.
 */
export function findSetupSteps(settings: WecomSettings): SetupSteps {
  const { lastSuccess } = settings.connection;
  const failure = findCurrentFailure(settings.connection);
  const isConnected = getConnectionStatus(settings) === 'connected';
  const hasRead = isConnected && lastSuccess !== null && lastSuccess.by !== 'test';
  const checks = settings.lastTest?.checks ?? [];
  const getStatus = (id: string) => (hasRead ? 'passed' : checks.find((check) => check.id === id)?.status);
  const egressIp = failure?.egressIp;
  const configured: SetupStepState = isConfigured(settings) ? 'done' : 'open';
  const hasPassed = (id: string) => getStatus(id) === 'passed' || getStatus(id) === 'warning';
  const wasIpTrusted = hasPassed('agent') || hasPassed('departments');
  const states: SetupSteps['states'] = {
    createApp: settings.agentId === null ? 'open' : 'done',
    visibleScope: getVisibleScopeState(getStatus('departments'), wasIpTrusted),
    copyValues: configured,
    trustedDomain: wasIpTrusted ? 'done' : 'unknown',
    trustedIp: egressIp !== undefined ? 'open' : wasIpTrusted ? 'done' : 'unknown',
    switchOn: settings.syncEnabled ? 'done' : 'open',
  };
  const doneCount = setupStepIds.filter((id) => states[id] === 'done').length;
  const firstLeft = setupStepIds.find((id) => states[id] !== 'done') ?? null;
  // A refusal says exactly what is missing.
  return { states, doneCount, current: egressIp !== undefined ? 'trustedIp' : firstLeft, egressIp };
}

function getVisibleScopeState(departments: string | undefined, isIpTrusted: boolean): SetupStepState {
  if (departments === 'passed') return 'done';
  return departments !== undefined && departments !== 'skipped' && isIpTrusted ? 'open' : 'unknown';
}
