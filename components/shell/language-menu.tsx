'use client';

import { Languages } from 'lucide-react';
import { useLanguage, useText } from '@/components/ui/text-provider';
import { htmlLang, languageNames, languages } from '@/lib/text/language';
import { ChoiceMenu } from './choice-menu';

const options = languages.map((value) => ({ value, name: languageNames[value], lang: htmlLang[value] }));

export function LanguageMenu() {
  const text = useText();
  const { language, setLanguage } = useLanguage();
  return (
    <ChoiceMenu
      label={text.shell.language}
      icon={<Languages size={16} aria-hidden="true" />}
      value={language}
      options={options}
      choose={setLanguage}
    />
  );
}
