import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appCredential, contactSyncCredential, startTestClient, type TestClient } from '../test-client.ts';

describe('gettoken', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await startTestClient();
  });
  afterEach(() => client.simulator.close());

  it('checks the secret before the corpid', async () => {
    expect((await client.callPlain('gettoken')).errcode).toBe(41004);
    expect((await client.callPlain('gettoken', { corpid: 'ww0' })).errcode).toBe(41004);
    expect((await client.callPlain('gettoken', { corpsecret: 'x' })).errcode).toBe(41002);
    expect((await client.callPlain('gettoken', { corpid: 'ww0', corpsecret: 'x' })).errcode).toBe(40013);
    expect((await client.callPlain('gettoken', { ...appCredential, corpsecret: 'x' })).errcode).toBe(40001);
  });

  it('gives the same token while it is valid, with the seconds that are left', async () => {
    const first = await client.callPlain('gettoken', appCredential);
    client.passTime(1_000_000);
    const second = await client.callPlain('gettoken', appCredential);
    expect(second).toMatchObject({ access_token: first.access_token, expires_in: 6200 });
  });

  it('gives a new token after the old one has run out', async () => {
    const first = await client.callPlain('gettoken', appCredential);
    client.passTime(7_200_000);
    const second = await client.callPlain('gettoken', appCredential);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.expires_in).toBe(7200);
  });

  it('gives a new token at every call when configured so, and leaves the old one valid', async () => {
    client.simulator.settings.reusesToken = false;
    const first = await client.callPlain('gettoken', appCredential);
    const second = await client.callPlain('gettoken', appCredential);
    expect(second.access_token).not.toBe(first.access_token);
    const answer = await client.callPlain('get_api_domain_ip', { access_token: first.access_token });
    expect(answer.errcode).toBe(0);
  });

  it('gives tokens of up to 512 bytes', async () => {
    client.simulator.settings.tokenBytes = 512;
    expect((await client.callPlain('gettoken', appCredential)).access_token).toHaveLength(512);
  });

  it('gives each secret its own token', async () => {
    const app = await client.callPlain('gettoken', appCredential);
    const contactSync = await client.callPlain('gettoken', contactSyncCredential);
    expect(contactSync.access_token).not.toBe(app.access_token);
  });

  it('blocks the address for an hour after too many wrong secrets, right ones included', async () => {
    client.simulator.settings.wrongSecretsPerHour = 3;
    const wrong = { ...appCredential, corpsecret: 'wrong' };
    for (let count = 0; count < 3; count += 1) {
      expect((await client.callPlain('gettoken', wrong)).errcode).toBe(40001);
    }
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(0);
    expect((await client.callPlain('gettoken', wrong)).errcode).toBe(40001);
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(45009);
    client.passTime(3_599_999);
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(45009);
    client.passTime(1);
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(0);
  });

  it('gives a token to an untrusted address unless configured to check there too', async () => {
    client.app.trustedIps = ['203.0.113.1'];
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(0);
    client.simulator.settings.gettokenChecksIp = true;
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(60020);
  });

  it('refuses the old secret after a rotation', async () => {
    const { body } = await client.control('rotate-secret', { agentid: client.app.agentid });
    expect((await client.callPlain('gettoken', appCredential)).errcode).toBe(40001);
    const renewed = { ...appCredential, corpsecret: body.result.secret };
    expect((await client.callPlain('gettoken', renewed)).errcode).toBe(0);
  });
});
