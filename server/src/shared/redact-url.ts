const secretName = /key|token|sig|pass|pwd|auth|secret|cred|session|jwt|access|hash|login|user|otp|\bpin\b/i;
/** Random by its look: long, letters and digits mixed, nothing that separates words; a UUID; a JWT. */
const secretValue = /^(?=.*\d)(?=.*[a-z])[a-z\d+=]{20,}$|^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$|^eyJ/i;

/** What stands in place of a secret. */
export const mask = '***';

/** The address as it may be shown and logged: user, password, tokens and the fragment are masked. */
export function redactUrl(address: string): string {
  const [beforeFragment = ''] = withoutUserInfo(address).split('#', 1);
  const [base = '', ...query] = beforeFragment.split('?');
  if (query.length === 0) return base;
  return `${base}?${query.join('?').split('&').map(redactParameter).join('&')}`;
}

/** Each part is looked for once: hostile text must not take longer than its length. */
function withoutUserInfo(address: string): string {
  const [scheme = ''] = /^[a-z][a-z\d+.-]*:[/\\]+/i.exec(address) ?? [];
  // What is no address may be so because of a password with `/`, `?` or `#`: mask up to the last `@`.
  const isAddress = scheme !== '' && URL.canParse(address);
  const [server = ''] = isAddress ? address.slice(scheme.length).split(/[/\\?#]/, 1) : [address];
  const at = address.lastIndexOf('@', isAddress ? scheme.length + server.length : address.length);
  return at < scheme.length ? address : `${scheme}${mask}${address.slice(at)}`;
}

/** True for an address whose secrets are masked, as a page shows it. */
export const isMasked = (address: string): boolean => /^https?:\/\/\*\*\*@|[?&=]\*\*\*(?:&|$)/i.test(address);

/** A parameter of a query, `name=value`, with its value masked when either looks secret. */
export function redactParameter(parameter: string): string {
  const [name = '', ...rest] = parameter.split('=');
  const value = rest.join('=');
  if (rest.length === 0) return secretValue.test(name) ? mask : name;
  if (value === '') return parameter;
  return secretName.test(decodedPart(name)) || secretValue.test(value) ? `${name}=${mask}` : parameter;
}

/** A part of an address as it is meant; as it is when its percent signs encode nothing. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // A percent sign that nobody encoded is part of the password.
  }
}
