import type { WecomSettings } from '@orgmirror/contracts';
import { isConfigured } from './connection/connection-status.ts';

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
  /** The address to enter as a trusted IP, when the last test was refused for it. */
  egressIp: string | undefined;
}

/**
 * Progress of the set-up in the WeCom console, derived from the saved settings and the last test.
 * WeCom cannot be asked about a trusted domain: an accepted IP implies it, because the IP form needs it.
 */
export function findSetupSteps(settings: WecomSettings): SetupSteps {
  const checks = settings.lastTest?.checks ?? [];
  const getStatus = (id: string) => checks.find((check) => check.id === id)?.status;
  const egressIp = checks.find((check) => check.egressIp !== undefined)?.egressIp;
  const configured: SetupStepState = isConfigured(settings) ? 'done' : 'open';
  const hasPassed = (id: string) => getStatus(id) === 'passed' || getStatus(id) === 'warning';
  const isIpTrusted = hasPassed('agent') || hasPassed('departments');
  const states: SetupSteps['states'] = {
    createApp: settings.agentId === null ? 'open' : 'done',
    visibleScope: getVisibleScopeState(getStatus('departments'), isIpTrusted),
    copyValues: configured,
    trustedDomain: isIpTrusted ? 'done' : 'unknown',
    trustedIp: egressIp !== undefined ? 'open' : isIpTrusted ? 'done' : 'unknown',
    switchOn: settings.syncEnabled ? 'done' : 'open',
  };
  const doneCount = setupStepIds.filter((id) => states[id] === 'done').length;
  return { states, doneCount, egressIp };
}

function getVisibleScopeState(departments: string | undefined, isIpTrusted: boolean): SetupStepState {
  if (departments === 'passed') return 'done';
  return departments !== undefined && departments !== 'skipped' && isIpTrusted ? 'open' : 'unknown';
}
