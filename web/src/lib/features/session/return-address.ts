/** Where a signed-out visitor is sent, and which page they come back to from there. */
export function signInAddress(wanted: { readonly pathname: string; readonly search: string }): string {
  const path = wanted.pathname + wanted.search;
  return path === '/' ? '/login' : `/login?to=${encodeURIComponent(path)}`;
}

interface SignInPage {
  readonly origin: string;
  readonly searchParams: { get(name: string): string | null };
}

/** The page to go to after signing in: one of ours and no other, whatever the address says. */
export function returnAddress(signIn: SignInPage): string {
  const wanted = signIn.searchParams.get('to') ?? '/';
  try {
    const url = new URL(wanted, signIn.origin);
    const isOurs =
      url.origin === signIn.origin && wanted.startsWith('/') && !url.pathname.startsWith('/login');
    // Two slashes at the start would be another server for whoever reads the path alone.
    return isOurs && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}
