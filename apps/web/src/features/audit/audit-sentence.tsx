import type { AuditEntry } from '@orgmirror/contracts';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { translateCode } from '../../i18n/translate-code.ts';

interface AuditSentenceProps {
  entry: AuditEntry;
  /** Filters the list by who did it. */
  onActor: (actor: string) => void;
}

/** "admin 停用了 白强": an entry in words, with links to the member, the run or the event. */
export function AuditSentence({ entry, onActor }: AuditSentenceProps) {
  const { t } = useTranslation();
  const { actor } = entry;
  const parts: Record<string, ReactNode> = {
    actor:
      actor === null ? (
        t('audit.system')
      ) : (
        <button
          type="button"
          className="om-link-button om-audit-actor"
          title={t('audit.filter.byActor', { actor })}
          onClick={() => onActor(actor)}
        >
          {actor}
        </button>
      ),
    target: <AuditTarget entry={entry} />,
  };
  return (
    <span className="om-audit-sentence">
      {describeEntry(entry)
        .split(/\{(\w+)\}/)
        .map((piece, index) => (
          // Pieces of one text, which never move.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Fragment key={index}>{index % 2 === 0 ? piece : (parts[piece] ?? '')}</Fragment>
        ))}
    </span>
  );
}

/** The text of the entry, with `{actor}` and `{target}` for what is drawn. */
function describeEntry(entry: AuditEntry): string {
  const { action, target, after } = entry;
  const field = typeof after?.field === 'string' ? translateCode('changes.field', after.field) : undefined;
  const role = typeof after?.role === 'string' ? translateCode('changes.fieldValue', after.role) : undefined;
  const sentence = translateCode('audit.sentence', refineAction(entry), { field, role });
  if (sentence !== undefined) return sentence;
  const name = translateCode('audit.action', action) ?? action;
  return target === null ? `{actor}: ${name}` : `{actor}: ${name} · {target}`;
}

/** The action as precisely as its values tell it. */
function refineAction({ action, before, after }: AuditEntry): string {
  if (action === 'sync.start' && after?.mode === 'preview') return 'sync.preview';
  if (action === 'session.sign_in' && after?.error !== undefined) return 'session.sign_in_refused';
  if (action === 'member.reveal' && after?.mode === 'search') return 'member.find_by_mobile';
  if (action === 'auth_provider.update' && before !== null && before.enabled !== after?.enabled)
    return after?.enabled === true ? 'auth_provider.enable' : 'auth_provider.disable';
  if (action !== 'member.access' || before === null) return action;
  if (before.disabledBy !== after?.disabledBy)
    return after?.disabledBy === 'admin' ? 'member.disable' : 'member.enable';
  return before.role === after?.role ? action : 'member.role';
}

function AuditTarget({ entry: { action, target, targetName } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (target === null) return null;
  if (action.startsWith('member.'))
    return (
      <Link to={`/system/org?member=${encodeURIComponent(target)}`} title={target}>
        {targetName ?? target}
      </Link>
    );
  if (action.startsWith('sync.'))
    return <Link to={`/system/sync-runs/${target}`}>{t('audit.run', { id: target.slice(0, 8) })}</Link>;
  if (action === 'event.replay')
    return <Link to={`/system/events?event=${target}`}>{t('audit.event', { id: target.slice(0, 8) })}</Link>;
  return <code>{target}</code>;
}
