import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../../components/brand-mark.tsx';
import { languagePreference } from '../../config/preferences.ts';
import { useEntryTexts } from './use-entry-texts.ts';

/** The calm page around sign-in and set-up: name, language, one card. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  const texts = useEntryTexts();
  useEffect(() => {
    document.title = `${title} · ${texts.productName}`;
  }, [title, texts]);

  const switchLanguage = () => {
    const next = languagePreference.get() === 'zh-CN' ? 'en-US' : 'zh-CN';
    languagePreference.set(next);
    document.documentElement.lang = next;
  };

  return (
    <div className="om-entry">
      <header className="om-entry-top">
        <button
          type="button"
          className="om-quiet-button"
          onClick={switchLanguage}
          title={texts.languageLabel}
        >
          {texts.language}
        </button>
      </header>
      <main className="om-entry-main">
        <div className="om-brand">
          <BrandMark />
          <span>组织镜像</span>
          <small>OrgMirror</small>
        </div>
        <section className="om-entry-card">
          <h1>{title}</h1>
          {children}
        </section>
      </main>
      <footer className="om-entry-foot">{texts.tagline}</footer>
    </div>
  );
}
