import type { AuthProviderCheck } from '@orgmirror/contracts';
import { isWecomError, type WecomAgent, type WecomClient } from '@orgmirror/wecom';
import { describeFailure, presentFailure } from '../../connection/present-failure.ts';
import type { Locale } from '../../platform/http/locale.ts';
import { checkProviderTexts } from './check-provider-texts.ts';

/**
 * Whether WeCom would redirect back to us: the app is enabled and trusts exactly this host and port. Whether
 * the verification file is stored is told beside it.
 */
export async function checkAuthProvider(
  client: WecomClient,
  expected: { agentId: number; trustedDomain: string; verificationFileName: string | null },
  locale: Locale,
): Promise<{ ok: boolean; checks: AuthProviderCheck[] }> {
  const checks = [
    ...(await checkAgent(client, expected, locale)),
    checkFile(expected.verificationFileName, locale),
  ];
  return { ok: checks.every(({ status }) => status !== 'failed' && status !== 'skipped'), checks };
}

async function checkAgent(
  client: WecomClient,
  { agentId, trustedDomain }: { agentId: number; trustedDomain: string },
  locale: Locale,
): Promise<AuthProviderCheck[]> {
  const texts = checkProviderTexts[locale];
  try {
    const agent = await client.getAgent(agentId);
    return [judgeAgent(agent, locale), judgeDomain(agent.redirect_domain ?? '', trustedDomain, locale)];
  } catch (error) {
    if (!isWecomError(error)) throw error;
    return [
      { id: 'agent', ...presentFailure(describeFailure(error), locale) },
      { id: 'trustedDomain', status: 'skipped', message: texts.skipped },
    ];
  }
}

function judgeAgent({ name, close }: WecomAgent, locale: Locale): AuthProviderCheck {
  const texts = checkProviderTexts[locale];
  if (close === 1)
    return { id: 'agent', status: 'failed', message: texts.agentDisabled, remedy: texts.enableAgent };
  return { id: 'agent', status: 'passed', message: texts.agent(name ?? '') };
}

/** WeCom compares host and port to the letter, without case. */
function judgeDomain(found: string, wanted: string, locale: Locale): AuthProviderCheck {
  const texts = checkProviderTexts[locale];
  const id = 'trustedDomain';
  const domain = found.trim();
  if (domain.toLowerCase() === wanted.toLowerCase())
    return { id, status: 'passed', message: texts.domain(domain) };
  const message = domain === '' ? texts.noDomain : texts.otherDomain(domain);
  return { id, status: 'failed', message, remedy: texts.enterDomain(wanted) };
}

function checkFile(name: string | null, locale: Locale): AuthProviderCheck {
  const texts = checkProviderTexts[locale];
  const id = 'verificationFile';
  if (name === null) return { id, status: 'warning', message: texts.noFile, remedy: texts.uploadFile };
  return { id, status: 'passed', message: texts.file(name) };
}
