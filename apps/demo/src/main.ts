import { join } from 'node:path';
import { runServer } from '@orgmirror/api/server';
import { sampleApp } from '@orgmirror/wecom-simulator';
import { startDemoWecom } from './demo-wecom.ts';

// The product against the simulator with its sample corp, in one process. The environment overrides
// these defaults.
const admin = { username: 'admin', password: 'orgmirror-demo' };
const { wecom, env, trustDomain } = await startDemoWecom(Number(process.env.DEMO_WECOM_PORT ?? 3100));

await runServer({
  env: {
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    DATA_DIR: join(import.meta.dirname, '../../../.data/demo'),
    LOG_LEVEL: 'warn',
    ...process.env,
    ...env,
  },
  print: (line) => process.stdout.write(`${line}\n`),
  afterStart: (url) => {
    trustDomain(new URL(url).host);
    process.stdout.write(describeDemo(url));
  },
});

function describeDemo(url: string): string {
  return `
  控制台 Console     ${url}
  账号 Account       ${admin.username} / ${admin.password}

  系统 → 企业设置 → 配置 · Type these in under System → Enterprise Settings → Configure:
  企业 ID CorpID     ${wecom.corpid}
  应用 ID AgentId    ${sampleApp.agentid}
  应用密钥 Secret     ${sampleApp.secret}

  模拟的企业微信（改动成员后再同步一次）· The WeCom simulator, change something there and sync again:
  ${wecom.baseUrl}

  成员登录：同步后在 企业设置 → 认证设置 → 添加认证，退出登录，再从上面的控制台地址选择企业微信登录，并选一位成员。
  Members sign in: after a sync, add an authentication provider, sign out, open the console at the
  address above, choose WeCom sign-in and pick a member.

  接收事件：在企业微信卡片的“接收事件”生成 Token 和 EncodingAESKey，填入模拟的企业微信页面底部；之后的入职会自动出现。
  Events: generate Token and EncodingAESKey under Events in the WeCom card, enter them at the foot of the page of
  the simulator; from then on new members appear automatically.
`;
}
