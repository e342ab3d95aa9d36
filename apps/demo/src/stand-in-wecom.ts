import {
  createSampleApps,
  sampleApp,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';

export interface StandInWecom {
  wecom: WecomSimulator;
  /** What makes a server call the stand-in instead of WeCom. */
  env: Record<string, string>;
  /** What an admin does in the WeCom console: without it no sign-in leads back to the product. */
  trustDomain(host: string): void;
}

/**
 * Starts the stand-in WeCom with its sample corp, or ends the process with one line that says why it cannot.
 */
export async function startStandInWecom(port: number): Promise<StandInWecom> {
  const apps = createSampleApps();
  const wecom = await startWecomSimulator({ port, apps }).catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(
      `The stand-in WeCom cannot listen on port ${port} (${error.code}). Set DEMO_WECOM_PORT to another.\n`,
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
