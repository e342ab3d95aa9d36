import { languagePreference } from '../../config/preferences.ts';
import { usePreference } from '../../lib/preference.ts';
import { type EntryTexts, entryTexts } from './texts.ts';

/** The texts before sign-in in the chosen language. */
export const useEntryTexts = (): EntryTexts => entryTexts[usePreference(languagePreference)];
