import * as audit from './audit.ts';
import * as directory from './directory.ts';
import * as session from './session.ts';
import * as setup from './setup.ts';
import * as syncRuns from './sync-runs.ts';
import * as wecomEvents from './wecom-events.ts';
import * as wecomSettings from './wecom-settings.ts';

/** Every operation of the REST API, by name. */
export const endpoints = {
  getSetup: setup.getSetup,
  completeSetup: setup.completeSetup,
  getSession: session.getSession,
  signIn: session.signIn,
  signOut: session.signOut,
  getWecomSettings: wecomSettings.getWecomSettings,
  saveWecomSettings: wecomSettings.saveWecomSettings,
  testWecomSettings: wecomSettings.testWecomSettings,
  saveSyncSettings: wecomSettings.saveSyncSettings,
  saveCallback: wecomEvents.saveCallback,
  deleteCallback: wecomEvents.deleteCallback,
  listWecomEvents: wecomEvents.listWecomEvents,
  getWecomEvent: wecomEvents.getWecomEvent,
  replayWecomEvent: wecomEvents.replayWecomEvent,
  startSyncRun: syncRuns.startSyncRun,
  listSyncRuns: syncRuns.listSyncRuns,
  getSyncRun: syncRuns.getSyncRun,
  listSyncChanges: syncRuns.listSyncChanges,
  approveSyncRun: syncRuns.approveSyncRun,
  rejectSyncRun: syncRuns.rejectSyncRun,
  cancelSyncRun: syncRuns.cancelSyncRun,
  undoSyncRun: syncRuns.undoSyncRun,
  streamSyncRun: syncRuns.streamSyncRun,
  listDepartments: directory.listDepartments,
  getDepartmentTree: directory.getDepartmentTree,
  listMembers: directory.listMembers,
  getMember: directory.getMember,
  checkMember: directory.checkMember,
  setMemberAccess: directory.setMemberAccess,
  listAuditEntries: audit.listAuditEntries,
} as const;

export type EndpointName = keyof typeof endpoints;
