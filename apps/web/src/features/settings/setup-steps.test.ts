import { expect, it } from 'vitest';
import { egressIpRefusedTest, passedTest, wecomSettingsFixture } from '../../../test/fixtures.ts';
import { findSetupSteps } from './setup-steps.ts';

const at = '2026-11-20T08:00:00.000Z';

it('starts with nothing done before the first save', () => {
  const { states, doneCount, current } = findSetupSteps(
    wecomSettingsFixture({ corpId: null, agentId: null, secretSet: false, syncEnabled: false }),
  );
  expect(doneCount).toBe(0);
  expect(current).toBe('createApp');
  expect(states).toMatchObject({ createApp: 'open', copyValues: 'open', trustedIp: 'unknown' });
});

it('shows the refused IP as the open step', () => {
  const { states, egressIp, current } = findSetupSteps(
    wecomSettingsFixture({ lastTest: { ...egressIpRefusedTest, at } }),
  );
  expect(states).toMatchObject({ copyValues: 'done', trustedIp: 'open', trustedDomain: 'unknown' });
  expect(egressIp).toBe('203.0.113.7');
  expect(current).toBe('trustedIp');
});

it('is complete after a passed test with the switch on', () => {
  const { states, doneCount, current } = findSetupSteps(
    wecomSettingsFixture({ lastTest: { ...passedTest, at }, syncEnabled: true }),
  );
  expect(new Set(Object.values(states))).toEqual(new Set(['done']));
  expect([doneCount, current]).toEqual([6, null]);
});
