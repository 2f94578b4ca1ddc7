/** What the address of an import says about its faults. */
export interface IssuePlace {
  readonly kind?: string | null;
  readonly find?: string | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** An address as a page has it, which nobody may change. */
interface Address {
  readonly pathname: string;
  readonly searchParams: { get(name: string): string | null };
}

/** A kind of fault in an address: one code may cost a row here and nothing there. */
export const groupKey = ({ severity, code }: { severity: string; code: string }) => `${severity}-${code}`;

/** The address with this in place of what it said: what is not given falls away, but for the kind. */
export function issueAddress(url: Address, { kind, find, after, before }: IssuePlace): string {
  const query = new URLSearchParams();
  const chosen = kind ?? url.searchParams.get('kind');
  for (const [name, value] of Object.entries({ kind: chosen, find, after, before })) {
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}
