/** A link that is lost and found at the press of a button. */
export class FakeConnection {
  lostAt = $state.raw<Date | null>(null);
  retryAt = $state.raw<Date | null>(null);
  backAt = $state.raw<Date | null>(null);

  lose(): void {
    // As if it had been lost a moment ago: the banner does not wait any more.
    this.lostAt = new Date(Date.now() - 5_000);
    this.retryAt = new Date(Date.now() + 60_000);
  }
  comeBack(): void {
    this.lostAt = null;
    this.retryAt = null;
    this.backAt = new Date();
  }
  tryNow = (): void => this.comeBack();
}
