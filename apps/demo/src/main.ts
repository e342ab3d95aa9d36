import { join } from 'node:path';
import { start } from '@orgmirror/api/start';
import { createSampleApps, sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';

// The product against the stand-in WeCom with its sample corp, in one process. What is set in the environment wins.
const admin = { username: 'admin', password: 'orgmirror-demo' };
const simulatorPort = Number(process.env.DEMO_WECOM_PORT ?? 3100);

const apps = createSampleApps();
const wecom = await startWecomSimulator({ port: simulatorPort, apps }).catch(
  (error: NodeJS.ErrnoException) => {
    process.stderr.write(
      `The stand-in WeCom cannot listen on port ${simulatorPort} (${error.code}). Set DEMO_WECOM_PORT.\n`,
    );
    process.exit(1);
  },
);

await start(
  {
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    DATA_DIR: join(import.meta.dirname, '../../../.data/demo'),
    LOG_LEVEL: 'warn',
    ...process.env,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_OAUTH_BASE_URL: wecom.baseUrl,
    WECOM_LOGIN_BASE_URL: wecom.baseUrl,
  },
  (url) => {
    trustDomain(new URL(url).host);
    process.stdout.write(describeDemo(url));
  },
);

/** What an admin does in the WeCom console: without it no sign-in leads back to the demo. */
function trustDomain(host: string): void {
  const app = apps.find(({ agentid }) => agentid === sampleApp.agentid);
  if (app !== undefined) app.trustedDomain = host;
}

function describeDemo(url: string): string {
  return `
  控制台 Console     ${url}
  账号 Account       ${admin.username} / ${admin.password}

  系统 → 企业设置 → 配置 · Type these in under System → Enterprise Settings → Configure:
  企业 ID CorpID     ${wecom.corpid}
  应用 ID AgentId    ${sampleApp.agentid}
  应用密钥 Secret     ${sampleApp.secret}

  模拟的企业微信（改动成员后再同步一次）· The stand-in WeCom, change something there and sync again:
  ${wecom.baseUrl}

  成员登录：同步后在 认证设置 → 添加认证，退出登录，再从上面的控制台地址选择企业微信登录，并选一位成员。
  Members sign in: after a sync, add an authentication under Authentication, sign out, open the console by the
  address above, choose WeCom sign-in and pick a person.

  接收事件：在企业微信卡片的“接收事件”生成 Token 和 EncodingAESKey，填入模拟的企业微信页面底部；之后的入职会自动出现。
  Events: generate Token and EncodingAESKey under Events in the WeCom card, enter them at the foot of the stand-in
  WeCom's page; from then on a hire appears by itself.
`;
}
