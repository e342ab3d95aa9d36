import type { ConnectionState, WecomSettings } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CopyableCode } from '../../../components/copyable-code.tsx';
import { Fact } from '../../../components/fact.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { callbackStates, getCallbackState } from './callback-state.ts';
import './connection.css';

/** What the connection is, as far as it is known: the corp, the app, what it sees, from where, since when. */
export function ConnectionFacts({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const { corpId, agentId, lastTest, connection } = settings;
  const { lastSuccess, lastFailure } = connection;
  const agent = lastTest?.agent;
  const egressIp =
    lastFailure?.egressIp ?? lastTest?.checks.find((check) => check.egressIp !== undefined)?.egressIp;
  const unknown = <span className="om-quiet">{t('settings.facts.unknown')}</span>;
  return (
    <dl className="om-connection-facts">
      <Fact name={t('settings.drawer.corpId')}>
        {corpId === null ? unknown : <CopyableCode text={corpId} label={t('settings.facts.copyCorpId')} />}
      </Fact>
      <Fact name={t('settings.facts.app')}>
        {agent !== undefined && <span>{agent.name} </span>}
        {agentId === null ? (
          unknown
        ) : (
          <CopyableCode text={String(agentId)} label={t('settings.facts.copyAgentId')} />
        )}
      </Fact>
      <Fact name={t('settings.facts.scope')}>
        {agent === undefined
          ? unknown
          : t('settings.facts.departments', { count: agent.visibleDepartmentIds.length })}
      </Fact>
      <Fact name={t('settings.check.egressIp')}>
        {egressIp === undefined ? (
          <span className="om-quiet">{t('settings.facts.noEgressIp')}</span>
        ) : (
          <CopyableCode text={egressIp} label={t('settings.check.copyIp')} />
        )}
      </Fact>
      <Fact name={t('settings.facts.lastSuccess')}>
        {lastSuccess === null ? <None /> : <Call call={lastSuccess} />}
      </Fact>
      <Fact name={t('settings.facts.lastFailure')}>
        {lastFailure === null ? <None /> : <Call call={lastFailure} />}
      </Fact>
      <Fact name={t('events.endpoint.title')}>
        <ReceivedEvents callback={settings.callback} />
      </Fact>
    </dl>
  );
}

function None() {
  const { t } = useTranslation();
  return <span className="om-quiet">{t('settings.facts.none')}</span>;
}

/** Whether events arrive, and the latest; by the URL that is further along. */
function ReceivedEvents({ callback: { contacts, app } }: Pick<WecomSettings, 'callback'>) {
  const { t } = useTranslation();
  const states = [contacts, app].map(getCallbackState);
  const state = callbackStates.find((known) => states.includes(known)) ?? 'off';
  const [latest] = [contacts.lastEventAt, app.lastEventAt]
    .filter((at) => at !== null)
    .toSorted()
    .toReversed();
  return (
    <>
      <Link to="/system/enterprise/events">{t(`events.endpoint.state.${state}`)}</Link>
      {latest !== undefined && (
        <>
          {' · '}
          <RelativeTime instant={latest} />
        </>
      )}
    </>
  );
}

/** When a call was made and by what, with its run. */
function Call({ call: { at, by, runId } }: { call: NonNullable<ConnectionState['lastSuccess']> }) {
  const { t } = useTranslation();
  const name = t(`settings.facts.by.${by}`);
  return (
    <>
      <RelativeTime instant={at} />
      {' · '}
      {runId === null ? name : <Link to={`/system/sync-runs/${runId}`}>{name}</Link>}
    </>
  );
}
