// Runs before anything is painted, so that a chosen theme does not flash in after the system's.
// What it reads is written by src/lib/ui/theme.svelte.ts and src/lib/ui/language.svelte.ts.
(function () {
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem('language');
    var wanted = language ? [language] : navigator.languages;
    for (var index = 0; index < wanted.length; index += 1) {
      var short = String(wanted[index]).slice(0, 2).toLowerCase();
      if (short === 'en' || short === 'fr' || short === 'de') {
        document.documentElement.lang = short;
        break;
      }
    }
  } catch {
    // Storage is switched off: the system's theme, and English until the page knows better.
  }
})();
