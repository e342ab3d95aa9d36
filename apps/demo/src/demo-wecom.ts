import {
  createSampleApps,
  sampleApp,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';

export interface DemoWecom {
  wecom: WecomSimulator;
  /** What makes a server call the simulator instead of WeCom. */
  env: Record<string, string>;
  /** What an admin does in the WeCom console: without it no sign-in leads back to the product. */
  trustDomain(host: string): void;
}

/**
 * Starts the WeCom simulator with its sample corp, or ends the process with one line that says why it cannot.
 */
export async function startDemoWecom(port: number): Promise<DemoWecom> {
  const apps = createSampleApps();
  const wecom = await startWecomSimulator({ port, apps }).catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(
      `The WeCom simulator cannot listen on port ${port} (${error.code}). Set DEMO_WECOM_PORT to another.\n`,
    );
    process.exit(1);
  });
  return {
    wecom,
    env: {
      WECOM_API_BASE_URL: wecom.baseUrl,
      WECOM_OAUTH_BASE_URL: wecom.baseUrl,
      WECOM_LOGIN_BASE_URL: wecom.baseUrl,
    },
    trustDomain: (host) => {
      const app = apps.find(({ agentid }) => agentid === sampleApp.agentid);
      if (app !== undefined) app.trustedDomain = host;
    },
  };
}
