// In which language the page speaks: its words, fetched when they are needed, and how it writes numbers.
import { createContext, useContext } from 'react';
import { formatsIn, type Formats } from './formats';
import type { Language } from './view';
import type { Words } from './words.en';

export interface Speech {
  language: Language;
  say: Words;
  format: Formats;
}

const words: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./words.en')).en,
  fr: async () => (await import('./words.fr')).fr,
};

const spoken = new Map<Language, Promise<Speech>>();

/** The same promise for the same language. */
export function speechIn(language: Language): Promise<Speech> {
  const known = spoken.get(language);
  if (known) return known;
  const speech = words[language]().then((say) => ({ language, say, format: formatsIn(language) }));
  spoken.set(language, speech);
  return speech;
}

export const Spoken = createContext<Speech | undefined>(undefined);

/** Below `Spoken` alone. */
export const useSpeech = (): Speech => useContext(Spoken)!;
