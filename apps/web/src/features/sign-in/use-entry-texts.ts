import { usePreference } from '../../config/preference.ts';
import { languagePreference } from '../../config/preferences.ts';
import { type EntryTexts, entryTexts } from './texts.ts';

/** The texts before sign-in in the chosen language. */
export const useEntryTexts = (): EntryTexts => entryTexts[usePreference(languagePreference)];
