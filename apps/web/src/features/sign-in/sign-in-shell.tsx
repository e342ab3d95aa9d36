import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../../components/brand-mark.tsx';
import { languagePreference } from '../../config/preferences.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

/** The shell of the sign-in and set-up pages: name, language switch, one card. */
export function SignInShell({ title, children }: { title: string; children: ReactNode }) {
  const texts = useSignInTexts();
  useEffect(() => {
    document.title = `${title} · ${texts.productName}`;
  }, [title, texts]);

  const switchLanguage = () => {
    const next = languagePreference.get() === 'zh-CN' ? 'en-US' : 'zh-CN';
    languagePreference.set(next);
    document.documentElement.lang = next;
  };

  return (
    <div className="om-sign-in">
      <header className="om-sign-in-top">
        <button
          type="button"
          className="om-quiet-button"
          onClick={switchLanguage}
          title={texts.languageLabel}
        >
          {texts.language}
        </button>
      </header>
      <main className="om-sign-in-main">
        <div className="om-brand">
          <BrandMark />
          <span>{texts.productName}</span>
          <small>{texts.productNameElsewhere}</small>
        </div>
        <section className="om-sign-in-card">
          <h1>{title}</h1>
          {children}
        </section>
      </main>
      <footer className="om-sign-in-foot">{texts.tagline}</footer>
    </div>
  );
}
