import { z } from 'zod';

const control = /[\u0000-\u001f\u007f]/;

/** A line of text as people type it: something in it, nothing invisible, at most so many characters. */
export const lineOfText = (longest: number) =>
  z
    .string()
    .max(longest, `Write at most ${longest} characters.`)
    .refine((text) => text.trim() !== '', 'Write something here.')
    .refine((text) => !control.test(text), 'Remove the invisible control characters.');
