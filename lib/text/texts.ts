import { en, type Text } from './en';
import type { Language } from './language';
import { zh } from './zh';

/** The dictionaries. Both go to the browser, so that the language is switched in place. */
export const texts: Record<Language, Text> = { en, zh };
