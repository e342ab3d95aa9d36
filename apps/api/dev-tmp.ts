import { sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import { runServer } from './src/main.ts';

const wecom = await startWecomSimulator({ port: 3100 });
console.log(wecom.corpid, sampleApp.secret);
await runServer({
  say: console.log,
  env: {
    DATA_DIR: '/tmp/om-data',
    LOG_LEVEL: 'info',
    ADMIN_USERNAME: 'admin',
    ADMIN_PASSWORD: 'orgmirror-demo',
    ...process.env,
    WECOM_API_BASE_URL: wecom.baseUrl,
  },
});
