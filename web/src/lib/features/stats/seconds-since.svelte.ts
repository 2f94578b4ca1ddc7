/**
 * Seconds that go on counting between two events: what the server said at `heardAt` (this computer's clock, in
 * milliseconds) and the time since. null while there is nothing to count. It asks no server.
 */
export function useSecondsSince(
  said: () => number | null,
  heardAt: () => number,
): { readonly seconds: number | null } {
  let now = $state(Date.now());
  // Keeps the seconds in step with the clock.
  $effect(() => {
    if (said() === null) return;
    now = Date.now();
    const timer = setInterval(() => (now = Date.now()), 1000);
    return () => clearInterval(timer);
  });
  return {
    get seconds() {
      const seconds = said();
      return seconds === null ? null : Math.round(seconds + Math.max(0, now - heardAt()) / 1000);
    },
  };
}
