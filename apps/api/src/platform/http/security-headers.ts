import helmet from 'helmet';

/** Hosts of member avatars (wecom-api 10.2). */
const avatarHosts = ['wx.qlogo.cn', 'wework.qpic.cn', 'p.qlogo.cn', 'shp.qpic.cn'];

/**
 * Headers of every answer: no scripts but our own files, no framing, no sniffing; of others' pages only
 * WeCom's sign-in panel may be framed.
 */
export const securityHeaders = (publicUrl: string | undefined, loginBaseUrl: string) => {
  const secure = publicUrl?.startsWith('https:') ?? false;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // antd writes its styles into the page
        imgSrc: ["'self'", 'data:', ...avatarHosts.map((host) => `https://${host}`)],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: [new URL(loginBaseUrl).origin],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: secure && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
};
