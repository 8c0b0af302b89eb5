/**
 * What cannot be seen, or changes how its neighbours are shown: control characters (terminal codes begin with one), marks that turn
 * the direction of writing, characters without width, lone surrogates.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Shape of text (line feed, tab) and of emoji (variation selector 16), which harm nobody. */
const harmless = new Set(['\n', '\t', '\ufe0f']);

function name(character: string): string {
  if (harmless.has(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  // Unicode has a picture for each of the first 32 controls: ␛ for escape, ␀ for null.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/**
 * Text of others (a check's output, a tag) as it can safely be read: each invisible character by its picture or its code, so that a
 * colour code is seen as `␛[31m` and a reversed name cannot pass for another. Windows line ends become plain ones.
 */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(invisible, name);
}

/** `visibleText` on one line: line feeds and tabs by their pictures too. For names, which have no lines. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '␊').replaceAll('\t', '␉');
}
