export {
  type ConsentField,
  consentFields,
  createApp,
  createSampleApps,
  type SimulatorApp,
  sampleApp,
  sampleContactSync,
  sampleCorpId,
} from './apps.ts';
export type { EventShape } from './callbacks/build-event.ts';
export type { CallbackAddress, CallbackService, CallbackSource } from './callbacks/callback-service.ts';
export {
  type Corp,
  createCorp,
  type Department,
  type Member,
  type MemberExtras,
  type MemberStatus,
  type Membership,
  type Tag,
} from './corp/corp.ts';
export {
  changeUserid,
  createDepartment,
  deleteDepartment,
  type HireFields,
  hireMember,
  moveMember,
  type NewDepartmentFields,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from './corp/edit-corp.ts';
export { type GeneratedCorpSize, generateCorp } from './corp/generate-corp.ts';
export { createSampleCorp } from './corp/sample-corp.ts';
export { collectSubtree, type VisibleScope } from './corp/visible-scope.ts';
export type { FaultEffect, FaultRule, Faults } from './faults.ts';
export type { SentMessage } from './outbox.ts';
export type { CodeGrant, SignInIdentity, SignInService } from './sign-in-service.ts';
export type { SimulatorSettings } from './simulator-state.ts';
export { type SimulatorOptions, startWecomSimulator, type WecomSimulator } from './start-simulator.ts';
export type { Stats, StatsSnapshot } from './stats.ts';
export type { TokenStore } from './tokens.ts';
export { VendorError } from './vendor-errors.ts';
