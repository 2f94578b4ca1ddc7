import type { ComboboxOption } from '#lib/ui/combobox.ts';

/** Currencies that the browser knows, ISO 4217, with their names in the language of the page. */
export function currencyOptions(language: string): readonly ComboboxOption[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({
    value: code,
    label: code,
    detail: names.of(code) ?? '',
  }));
}

/** Zones of the IANA time zone database that the browser knows. */
export const timeZoneOptions = (): readonly ComboboxOption[] =>
  Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));
