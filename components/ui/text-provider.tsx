'use client';

import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { Text } from '@/lib/text/en';
import { htmlLang, LANGUAGE_COOKIE, type Language } from '@/lib/text/language';
import { texts } from '@/lib/text/texts';
import { keepChoice } from './keep-choice';

interface TextContext {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

const Context = createContext<TextContext | null>(null);

/** Holds the language, which is switched in place and kept in a cookie for the server's next first paint. */
export function TextProvider({ initial, children }: { initial: Language; children: ReactNode }) {
  const [language, show] = useState(initial);
  const setLanguage = useCallback((chosen: Language) => {
    keepChoice(LANGUAGE_COOKIE, chosen);
    document.documentElement.lang = htmlLang[chosen];
    show(chosen);
  }, []);
  const value = useMemo(() => ({ language, setLanguage }), [language, setLanguage]);
  return <Context value={value}>{children}</Context>;
}

export function useLanguage(): TextContext {
  const context = use(Context);
  if (!context) throw new Error('useLanguage needs a TextProvider above it.');
  return context;
}

/** The dictionary in the reader's language. */
export function useText(): Text {
  return texts[useLanguage().language];
}
