'use client';

import { TextProvider } from '@/components/ui/text-provider';
import { chooseLanguage, htmlLang, LANGUAGE_COOKIE } from '@/lib/text/language';
import { PageFailure } from './page-failure';
import styles from './page-state.module.css';
import { chooseTheme, THEME_COOKIE } from './theme';

/** A document that needs nothing of the server: its language and theme are those of the cookies, else the browser's own. */
export function WholeFailure({ reference, retry }: { reference: string | undefined; retry: () => void }) {
  const language = chooseLanguage(cookieOf(LANGUAGE_COOKIE), browserLanguages());
  return (
    <html lang={htmlLang[language]} data-theme={chooseTheme(cookieOf(THEME_COOKIE))}>
      <body>
        <TextProvider initial={language}>
          <main className={styles.alone}>
            <PageFailure reference={reference} retry={retry} />
          </main>
        </TextProvider>
      </body>
    </html>
  );
}

function cookieOf(name: string): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function browserLanguages(): string | null {
  return typeof navigator === 'undefined' ? null : navigator.languages.join(',');
}
