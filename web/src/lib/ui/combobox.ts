import { matches } from './matching.ts';

export interface ComboboxOption {
  /** What is meant; unique among the choices. */
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** For `find` where all choices are here already: those whose words match, at most 50. */
export const findAmong = (options: readonly ComboboxOption[]) => (text: string) =>
  options.filter(({ label, detail }) => matches(`${label} ${detail ?? ''}`, text)).slice(0, 50);
