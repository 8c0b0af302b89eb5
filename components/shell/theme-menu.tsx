'use client';

import { SunMoon } from 'lucide-react';
import { useState } from 'react';
import { keepChoice } from '@/components/ui/keep-choice';
import { useText } from '@/components/ui/text-provider';
import { ChoiceMenu } from './choice-menu';
import { THEME_COOKIE, type Theme, themes } from './theme';

export function ThemeMenu({ initial }: { initial: Theme }) {
  const text = useText();
  const [theme, setTheme] = useState(initial);
  const choose = (chosen: Theme) => {
    keepChoice(THEME_COOKIE, chosen);
    document.documentElement.dataset.theme = chosen;
    setTheme(chosen);
  };
  return (
    <ChoiceMenu
      label={text.shell.theme}
      icon={<SunMoon size={16} aria-hidden="true" />}
      value={theme}
      options={themes.map((value) => ({ value, name: text.shell.themes[value] }))}
      choose={choose}
    />
  );
}
