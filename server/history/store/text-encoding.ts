import { createHash } from 'node:crypto';

/**
 * Any JavaScript string as one that both databases keep as it is. PostgreSQL refuses NUL, and UTF-8 has no lone surrogates: both are written as
 * ESCAPE and four hexadecimal digits, and so is ESCAPE itself, which is a noncharacter.
 */
const ESCAPE = '\ufffe';
// With the u flag the halves of a pair do not match, only a lone one.
const TO_ESCAPE = /\ufffe|\p{Surrogate}/gu;
const ESCAPED = /\ufffe([0-9a-f]{4})/g;

export function encodeText(text: string): string {
  return text.replace(TO_ESCAPE, escaped).replaceAll('\0', escaped);
}

export function decodeText(value: string): string {
  if (!value.includes(ESCAPE)) return value;
  return value.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** 48 bits of the SHA-1 of an encoded text: a whole number that JavaScript and both databases hold exactly. */
export function textHash(value: string): number {
  return createHash('sha1').update(value).digest().readUIntBE(0, 6);
}

const escaped = (unit: string): string => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0');
