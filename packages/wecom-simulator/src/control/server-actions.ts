import { z } from 'zod';
import { consentFields, type SimulatorApp } from '../apps.ts';
import { exportFormats } from '../exports/make-file.ts';
import { faultRuleSchema } from '../faults.ts';
import type { SimulatorState } from '../simulator-state.ts';
import { VendorError } from '../vendor-errors.ts';
import { type ControlAction, defineAction, flagField, numberField, textField } from './action.ts';

const secretLength = 43;

const appChanges = {
  name: z.string(),
  trustedDomain: z.string(),
  enabled: z.boolean(),
  hasContactRights: z.boolean(),
  createdAfter20220620: z.boolean(),
  unavailableFields: z.enum(['absent', 'empty']),
  grantedConsentFields: z.array(z.enum(consentFields)),
  oldIps: z.array(z.string()),
};

const settingChanges = {
  tokenLifetimeSeconds: z.int().min(1),
  tokenBytes: z.int().min(16).max(512),
  reusesToken: z.boolean(),
  callsPerMinute: z.int().min(1),
  parallelCalls: z.int().min(1),
  membersPerAnswer: z.int().min(1).nullable(),
  wrongSecretsPerHour: z.int().min(1),
  latencyMs: z.int().min(0),
  egressIp: z.ipv4().nullable(),
  gettokenChecksIp: z.boolean(),
  exportPendingPolls: z.int().min(0),
  exportFormat: z.enum(exportFormats),
};

function findApp(state: SimulatorState, agentid: number): SimulatorApp {
  const app = state.apps.find((candidate) => candidate.agentid === agentid);
  if (app === undefined) throw new VendorError(40056);
  return app;
}

/** Control of the server itself: apps, tokens, settings, faults, counters. */
export const serverActions: Readonly<Record<string, ControlAction>> = {
  'set-scope': defineAction(
    z.strictObject({
      agentid: numberField,
      partyIds: z.array(z.int()).default([]),
      userids: z.array(textField).default([]),
      tagIds: z.array(z.int()).default([]),
    }),
    (state, { agentid, ...scope }) => {
      findApp(state, agentid).scope = scope;
      return scope;
    },
  ),
  'set-trusted-ips': defineAction(
    z.strictObject({ agentid: numberField, trustedIps: z.array(z.ipv4()).max(120).nullable() }),
    (state, { agentid, trustedIps }) => {
      findApp(state, agentid).trustedIps = trustedIps;
      return { trustedIps };
    },
  ),
  'set-app': defineAction(
    z.strictObject({ agentid: numberField, ...z.object(appChanges).partial().shape }),
    (state, { agentid, ...changes }) => Object.assign(findApp(state, agentid), changes),
  ),
  'rotate-secret': defineAction(
    z.strictObject({ agentid: numberField, secret: textField.optional() }),
    (state, { agentid, secret }) => {
      const app = findApp(state, agentid);
      // Tokens of the old secret live on until they expire, as WeCom's are said to do.
      app.secret = secret ?? state.createText(secretLength);
      return { secret: app.secret };
    },
  ),
  'expire-tokens': defineAction(z.strictObject({ agentid: numberField.optional() }), (state, { agentid }) => {
    state.tokens.expire(agentid);
    return {};
  }),
  'revoke-tokens': defineAction(z.strictObject({ agentid: numberField.optional() }), (state, { agentid }) => {
    state.tokens.revoke(agentid);
    return {};
  }),
  'set-callback': defineAction(
    z.strictObject({
      source: z.enum(['app', 'contacts']),
      url: z.url(),
      token: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
      encodingAesKey: z.string().regex(/^[A-Za-z0-9]{43}$/),
      shape: z.enum(['ids', 'full']).optional(),
      contactEvents: flagField.optional(),
    }),
    async ({ callbacks }, { source, ...address }) => {
      await callbacks.set(source, address);
      return callbacks.addresses();
    },
  ),
  'unset-callback': defineAction(
    z.strictObject({ source: z.enum(['app', 'contacts']) }),
    ({ callbacks }, { source }) => {
      callbacks.unset(source);
      return callbacks.addresses();
    },
  ),
  'send-event': defineAction(
    z.strictObject({
      source: z.enum(['app', 'contacts']),
      event: textField,
      inside: z.string().default(''),
      fromUserName: textField.optional(),
    }),
    ({ callbacks }, { source, event, inside, fromUserName }) => {
      callbacks.send(source, event, inside, fromUserName);
      return callbacks.stats();
    },
  ),
  'set-delivery': defineAction(
    z
      .strictObject({
        copies: z.int().min(1).max(10),
        shuffled: z.boolean(),
        isOpen: z.boolean(),
        parallel: z.int().min(1).max(100),
        tries: z.int().min(1).max(100),
        retryDelayMs: z.int().min(0).max(60_000),
      })
      .partial(),
    ({ callbacks }, changes) => Object.assign(callbacks.delivery, changes),
  ),
  'set-settings': defineAction(z.strictObject(settingChanges).partial(), (state, changes) =>
    Object.assign(state.settings, changes),
  ),
  'add-fault': defineAction(faultRuleSchema, (state, rule) => {
    state.faults.add(rule);
    return state.faults.list();
  }),
  'clear-faults': defineAction(z.strictObject({}), (state) => {
    state.faults.clear();
    return [];
  }),
  'reset-stats': defineAction(z.strictObject({}), (state) => {
    state.stats.reset();
    return state.stats.snapshot();
  }),
  'lift-limits': defineAction(z.strictObject({}), (state) => {
    state.limits.calls.clear();
    state.limits.wrongSecrets.clear();
    return {};
  }),
};
