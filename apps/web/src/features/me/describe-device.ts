import type { TFunction } from 'i18next';

// The first that fits counts: WeCom's client also calls itself MicroMessenger, Edge also Chrome, Chrome also
// Safari.
const apps = [
  [/MicroMessenger/i, 'WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const;

const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const;

const find = (names: readonly (readonly [RegExp, string])[], userAgent: string) =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1];

/** "Chrome · Windows" or "企业微信 · iPhone"; a program that names neither is shown as it names itself. */
export function describeDevice(t: TFunction, userAgent: string | null): string {
  if (userAgent === null || userAgent.trim() === '') return t('me.sessions.unknownDevice');
  const app = /wxwork/i.test(userAgent) ? t('me.device.wecom') : find(apps, userAgent);
  const system = find(systems, userAgent);
  if (app !== undefined && system !== undefined) return t('me.device.on', { app, system });
  return app ?? system ?? userAgent.slice(0, 60);
}
