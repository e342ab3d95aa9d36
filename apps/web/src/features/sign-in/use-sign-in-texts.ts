import { usePreference } from '../../config/preference.ts';
import { languagePreference } from '../../config/preferences.ts';
import { type SignInTexts, signInTexts } from './texts.ts';

/** The texts before sign-in in the chosen language. */
export const useSignInTexts = (): SignInTexts => signInTexts[usePreference(languagePreference)];
