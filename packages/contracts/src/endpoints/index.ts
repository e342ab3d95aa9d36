import * as administrators from './administrators.ts';
import * as attributes from './attributes.ts';
import * as audit from './audit.ts';
import * as authProviders from './auth-providers.ts';
import * as directory from './directory.ts';
import * as exports from './exports.ts';
import * as me from './me.ts';
import * as notices from './notices.ts';
import * as overview from './overview.ts';
import * as session from './session.ts';
import * as setup from './setup.ts';
import * as syncRuns from './sync-runs.ts';
import * as wecomEvents from './wecom-events.ts';
import * as wecomSettings from './wecom-settings.ts';
import * as wecomSignIn from './wecom-sign-in.ts';

/** Every operation of the REST API, by name. */
export const endpoints = {
  getSetup: setup.getSetup,
  completeSetup: setup.completeSetup,
  getSession: session.getSession,
  signIn: session.signIn,
  signOut: session.signOut,
  getSignInOptions: wecomSignIn.getSignInOptions,
  startWecomSignIn: wecomSignIn.startWecomSignIn,
  finishWecomSignIn: wecomSignIn.finishWecomSignIn,
  createSignInPanel: wecomSignIn.createSignInPanel,
  listAdministrators: administrators.listAdministrators,
  createLocalAccount: administrators.createLocalAccount,
  updateLocalAccount: administrators.updateLocalAccount,
  createPasswordReset: administrators.createPasswordReset,
  completePasswordReset: administrators.completePasswordReset,
  getOverview: overview.getOverview,
  getMe: me.getMe,
  listMySessions: me.listMySessions,
  endMySession: me.endMySession,
  endMySessions: me.endMySessions,
  revealMyField: me.revealMyField,
  declineConsent: me.declineConsent,
  withdrawConsent: me.withdrawConsent,
  changeMyPassword: me.changeMyPassword,
  getPreferences: me.getPreferences,
  savePreferences: me.savePreferences,
  listAuthProviders: authProviders.listAuthProviders,
  createAuthProvider: authProviders.createAuthProvider,
  updateAuthProvider: authProviders.updateAuthProvider,
  deleteAuthProvider: authProviders.deleteAuthProvider,
  saveVerificationFile: authProviders.saveVerificationFile,
  deleteVerificationFile: authProviders.deleteVerificationFile,
  checkAuthProvider: authProviders.checkAuthProvider,
  getWecomSettings: wecomSettings.getWecomSettings,
  saveWecomSettings: wecomSettings.saveWecomSettings,
  testWecomSettings: wecomSettings.testWecomSettings,
  saveSyncSettings: wecomSettings.saveSyncSettings,
  saveCallback: wecomEvents.saveCallback,
  deleteCallback: wecomEvents.deleteCallback,
  listWecomEvents: wecomEvents.listWecomEvents,
  getEventHealth: wecomEvents.getEventHealth,
  getWecomEvent: wecomEvents.getWecomEvent,
  replayWecomEvent: wecomEvents.replayWecomEvent,
  startSyncRun: syncRuns.startSyncRun,
  listSyncRuns: syncRuns.listSyncRuns,
  getSyncState: syncRuns.getSyncState,
  getSyncRun: syncRuns.getSyncRun,
  listSyncChanges: syncRuns.listSyncChanges,
  listSyncSubjects: syncRuns.listSyncSubjects,
  countSubjectDepartments: syncRuns.countSubjectDepartments,
  approveSyncRun: syncRuns.approveSyncRun,
  rejectSyncRun: syncRuns.rejectSyncRun,
  cancelSyncRun: syncRuns.cancelSyncRun,
  getUndoEffect: syncRuns.getUndoEffect,
  undoSyncRun: syncRuns.undoSyncRun,
  streamSyncRun: syncRuns.streamSyncRun,
  listDepartments: directory.listDepartments,
  getDepartmentTree: directory.getDepartmentTree,
  getDepartmentOutline: directory.getDepartmentOutline,
  searchDepartments: directory.searchDepartments,
  listMembers: directory.listMembers,
  getMember: directory.getMember,
  checkMember: directory.checkMember,
  setMemberAccess: directory.setMemberAccess,
  setMembersAccess: directory.setMembersAccess,
  revealMember: directory.revealMember,
  listAttributes: attributes.listAttributes,
  createAttribute: attributes.createAttribute,
  updateAttribute: attributes.updateAttribute,
  deleteAttribute: attributes.deleteAttribute,
  downloadAttributeTemplate: attributes.downloadAttributeTemplate,
  createAttributeImport: attributes.createAttributeImport,
  getAttributeImport: attributes.getAttributeImport,
  downloadAttributeErrors: attributes.downloadAttributeErrors,
  applyAttributeImport: attributes.applyAttributeImport,
  listExports: exports.listExports,
  createExport: exports.createExport,
  getExport: exports.getExport,
  downloadExport: exports.downloadExport,
  deleteExport: exports.deleteExport,
  listNotices: notices.listNotices,
  getNoticeState: notices.getNoticeState,
  markNoticesRead: notices.markNoticesRead,
  getNoticeSettings: notices.getNoticeSettings,
  listNoticeRecipients: notices.listNoticeRecipients,
  saveNoticeSettings: notices.saveNoticeSettings,
  testNoticeChannel: notices.testNoticeChannel,
  listAuditEntries: audit.listAuditEntries,
  recordExport: audit.recordExport,
} as const;

/** Name of an operation, its `operationId` in the OpenAPI document. */
export type EndpointName = keyof typeof endpoints;
