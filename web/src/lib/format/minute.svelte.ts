const minuteMs = 60_000;

/**
 * The time by this computer's clock, taken anew as each minute begins: for what a page says of today. To be called
 * while a component is set up. It asks no server.
 */
export function useMinute(): { readonly now: Date } {
  let now = $state.raw(new Date());
  // Keeps it in step with the clock. By the minute, not once at midnight: a computer that slept is late for that.
  $effect(() => {
    const timer = setTimeout(() => (now = new Date()), minuteMs - (now.getTime() % minuteMs));
    return () => clearTimeout(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
