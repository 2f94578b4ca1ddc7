const of = (code: string, name: string, merchant: string) => ({ code, name, merchant, href: `#${code}` });

export const stores = [
  of('weber-livres', 'Weber Livres', 'Maison Weber'),
  of('weber-deco', 'Weber Déco', 'Maison Weber'),
  of('kirchberg-velo', 'Kirchberg Vélo', 'Kirchberg Vélo Sàrl'),
];
