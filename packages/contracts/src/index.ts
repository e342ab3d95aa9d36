export * from './common.ts';
export * from './endpoint.ts';
export * from './endpoints/audit.ts';
export * from './endpoints/directory.ts';
export { type EndpointName, endpoints } from './endpoints/index.ts';
export * from './endpoints/session.ts';
export * from './endpoints/sync-runs.ts';
export * from './endpoints/wecom-settings.ts';
export * from './error-codes.ts';
