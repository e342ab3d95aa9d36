import type { VisibleScope } from './corp/visible-scope.ts';

/** The fields that an admin can let an app ask of a member at OAuth2 consent. */
export const consentFields = [
  'gender',
  'avatar',
  'qr_code',
  'mobile',
  'email',
  'biz_mail',
  'address',
] as const;

/** One of `consentFields`. */
export type ConsentField = (typeof consentFields)[number];

/**
 * A caller of the API: a self-built app (自建应用) or the contact-sync assistant (通讯录同步). Fields may be changed
 * while running.
 */
export interface SimulatorApp {
  readonly kind: 'selfBuilt' | 'contactSync';
  readonly agentid: number;
  secret: string;
  name: string;
  description: string;
  logoUrl: string;
  homeUrl: string;
  /** True: created after 2022-06-20 20:00, so contact calls leave the sensitive fields out. */
  createdAfter20220620: boolean;
  /** How a new app's missing sensitive fields look: left out, or present as ''. */
  unavailableFields: 'absent' | 'empty';
  scope: VisibleScope;
  /** OAuth trusted domain, `host` or `host:port`, no scheme; '' when unset. */
  trustedDomain: string;
  /** IPv4 addresses that may call; null = no list was asked for (apps from before 2022-06-20). */
  trustedIps: readonly string[] | null;
  enabled: boolean;
  hasContactRights: boolean;
  /** Sensitive fields that the admin ticked for OAuth2. */
  grantedConsentFields: readonly ConsentField[];
  /**
   * Contact-sync only: addresses that called within the 90 days before rule B began; others get 48009 for
   * details.
   */
  oldIps: readonly string[];
}

/** The fictional corp id of the sample corp. */
export const sampleCorpId = 'ww1a2b3c4d5e6f7a8b';

/**
 * Builds an app; everything but agentid and secret has a default: a new, enabled self-built app that sees the
 * whole corp and may be called from 127.0.0.1.
 */
export function createApp(
  fields: Pick<SimulatorApp, 'agentid' | 'secret'> & Partial<SimulatorApp>,
): SimulatorApp {
  return {
    kind: 'selfBuilt',
    name: '组织镜像',
    description: '把企业微信的组织架构同步到本地',
    logoUrl: 'https://wework.qpic.cn/bizmail/SIMULATED/0',
    homeUrl: '',
    createdAfter20220620: true,
    unavailableFields: 'absent',
    scope: { partyIds: [1], userids: [], tagIds: [] },
    trustedDomain: 'localhost:5173',
    trustedIps: ['127.0.0.1'],
    enabled: true,
    hasContactRights: true,
    grantedConsentFields: consentFields,
    oldIps: [],
    ...fields,
  };
}

/** Credentials of the app that the sample corp offers; fictional. */
export const sampleApp = {
  corpid: sampleCorpId,
  agentid: 1_000_002,
  secret: 'SIMULATED-app-secret-0123456789-abcdefghijk',
} as const;

/**
 * Credentials of the sample corp's contact-sync assistant; fictional. Its agentid is never used in a call.
 */
export const sampleContactSync = {
  corpid: sampleCorpId,
  agentid: 2_000_002,
  secret: 'SIMULATED-contact-sync-secret-0123456789-ab',
} as const;

/** The sample corp's apps: one new self-built app that sees everything, and the contact-sync assistant. */
export function createSampleApps(): SimulatorApp[] {
  return [
    createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret }),
    createApp({
      kind: 'contactSync',
      agentid: sampleContactSync.agentid,
      secret: sampleContactSync.secret,
      name: '通讯录同步',
      trustedDomain: '',
    }),
  ];
}
