import { m } from '#lib/paraglide/messages.js';

const separators: Readonly<Record<string, () => string>> = {
  ',': m.separator_comma,
  ';': m.separator_semicolon,
  '\t': m.separator_tab,
  '|': m.separator_bar,
};
const formats: Readonly<Record<string, () => string>> = {
  google: m.format_google,
  catalogue: m.format_catalogue,
};
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  utf8: 'UTF-8',
  'windows-1252': 'Windows-1252',
  cp1252: 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
};

/** What was found out about a file, in words; null stays unknown. */
export const separatorWords = (delimiter: string | null) =>
  delimiter === null ? null : (separators[delimiter]?.() ?? delimiter);
export const formatWords = (format: string | null) =>
  format === null ? null : (formats[format]?.() ?? format);
export const encodingWords = (encoding: string | null) =>
  encoding === null ? null : (encodings[encoding.toLowerCase()] ?? encoding);
