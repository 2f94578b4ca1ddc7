import { z } from 'zod';

/** Control characters, ends of lines, marks that turn the rest of a line around, and halves of pairs. */
const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** What leaves nothing to be seen: blanks of any width, and letters that are not there. */
const blank = /[\s\p{Default_Ignorable_Code_Point}]/gu;

/** A line of text as people type it: something in it, nothing invisible, at most so many characters. */
export const lineOfText = (longest: number) =>
  z
    .string()
    .max(longest, `Write at most ${longest} characters.`)
    .refine((text) => text.replaceAll(blank, '') !== '', 'Write something here.')
    .refine((text) => !control.test(text), 'Remove the invisible control characters.');
