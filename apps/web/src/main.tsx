import { createRoot } from 'react-dom/client';
import { Entry } from './app/entry.tsx';
import { languagePreference, themePreference } from './config/preferences.ts';
import { applyThemeChoice } from './lib/theme.ts';
import './styles/base.css';
import './styles/sign-in.css';

applyThemeChoice(themePreference.get());
document.documentElement.lang = languagePreference.get();

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Entry />);
