declare global {
  namespace App {
    interface PageState {
      /** At the sign-in: they were signed in a moment ago. */
      sessionEnded?: boolean;
      /** At an import page: the result of a check is shown in place of the form. */
      checked?: boolean;
    }
  }
}

export {};
