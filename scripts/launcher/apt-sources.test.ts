import { describe, expect, test } from 'vitest';
import { parseDeb822Sources, parseOneLineSources } from './apt-sources.mjs';

describe("apt's one-line sources", () => {
  test('give address, suite, components and keyring, with and without options', () => {
    const text = [
      '# a comment',
      'deb http://mirror.example/debian bookworm main contrib # trailing',
      'deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://mirror.example/debian bookworm-updates main',
      'deb-src http://mirror.example/debian bookworm main',
      '#deb http://off.example/debian bookworm main',
    ].join('\n');
    expect(parseOneLineSources(text)).toEqual([
      { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main', 'contrib'], signedBy: null },
      {
        uri: 'https://mirror.example/debian',
        suites: ['bookworm-updates'],
        components: ['main'],
        signedBy: '/usr/share/keyrings/x.gpg',
      },
    ]);
  });
});

describe("apt's deb822 sources", () => {
  test('give one source for each address of a stanza, over comments and continued lines', () => {
    const text = [
      'Types: deb deb-src',
      '# http://snapshot.example/debian',
      'URIs: http://one.example/debian',
      '  http://two.example/debian',
      'Suites: bookworm bookworm-updates',
      'Components: main',
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
    ].join('\n');
    const rest = {
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main'],
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    };
    expect(parseDeb822Sources(text)).toEqual([
      { uri: 'http://one.example/debian', ...rest },
      { uri: 'http://two.example/debian', ...rest },
    ]);
  });

  test('leave out what is disabled, what has sources only, and a key that is no path', () => {
    const stanza = (extra: string) => `URIs: http://m.example/debian\nSuites: bookworm\nComponents: main\n${extra}`;
    const text = [
      stanza('Types: deb\nEnabled: no'),
      stanza('Types: deb-src'),
      stanza('Types: deb\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDMEZ'),
    ].join('\n\n');
    expect(parseDeb822Sources(text)).toEqual([
      { uri: 'http://m.example/debian', suites: ['bookworm'], components: ['main'], signedBy: null },
    ]);
  });
});
