import '@fontsource-variable/inter';
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
import '@fontsource-variable/jetbrains-mono';
import jetbrainsMono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2';
import './fonts.css';
import './tokens.css';
import './global.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { type InitialFleet, Providers } from '@/components/shell/providers';
import { Shell } from '@/components/shell/shell';
import { chooseTheme, THEME_COOKIE } from '@/components/shell/theme';
import { firingCount } from '@/lib/alerts/view/alert-counts';
import { firstData } from '@/lib/stream/first-data';
import { packFleet } from '@/lib/stream/packed-fleet';
import { chooseLanguage, htmlLang, LANGUAGE_COOKIE } from '@/lib/text/language';

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const { basePath } = firstData();
  return { icons: { icon: `${basePath}/icon.svg` }, manifest: `${basePath}/manifest.webmanifest` };
}

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function Layout({ children }: { children: ReactNode }) {
  // A static page would lose all its scripts under the nonce policy: the nonce is made anew for each request.
  await connection();
  const cookie = await cookies();
  const language = chooseLanguage(cookie.get(LANGUAGE_COOKIE)?.value, (await headers()).get('accept-language'));
  const theme = chooseTheme(cookie.get(THEME_COOKIE)?.value);
  const data = firstData();
  // With the page, and not once its text is laid out, for the first time in the font that the next in line is: of Chinese, and slow.
  for (const font of [inter, jetbrainsMono])
    preload(font, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  return (
    <html lang={htmlLang[language]} data-theme={theme}>
      <body>
        <Providers
          basePath={data.basePath}
          initialJson={JSON.stringify({ fleet: packFleet(data.fleet()), at: data.nowIso() } satisfies InitialFleet)}
          language={language}
        >
          <Shell theme={theme} firing={firingCount(data.alerts().items)}>
            {children}
          </Shell>
        </Providers>
      </body>
    </html>
  );
}
