import type { Language } from '../product-data/language.ts';
import { demoLanguages } from './words.ts';

export type DemoStoreCode = 'weber-livres' | 'weber-deco' | 'kirchberg-velo';

export interface DemoStore {
  readonly code: DemoStoreCode;
  readonly name: string;
  readonly currency: 'EUR';
  readonly timeZone: 'Europe/Luxembourg';
  readonly hostname: string;
  /** Languages of its feeds, each served as `demoFeedName` says. */
  readonly languages: readonly Language[];
}

export interface DemoMerchant {
  readonly name: string;
  readonly contactEmail: string;
  readonly vatNumber: string;
  /** The account that owns the merchant. */
  readonly ownerEmail: string;
  readonly stores: readonly DemoStore[];
}

export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  /** A role, as demo accounts belong to nobody. */
  readonly name: string;
  readonly admin: boolean;
  /** Stores in which the account is staff. */
  readonly staffOf: readonly DemoStoreCode[];
}

const store = (code: DemoStoreCode, name: string): DemoStore => ({
  code,
  name,
  currency: 'EUR',
  timeZone: 'Europe/Luxembourg',
  hostname: `${code}.example.test`,
  languages: demoLanguages,
});

/** The merchants of the demo with their stores. */
export const demoMerchants: readonly DemoMerchant[] = [
  {
    name: 'Maison Weber',
    contactEmail: 'contact@maison-weber.example.test',
    vatNumber: 'LU00000001',
    ownerEmail: 'owner@example.test',
    stores: [store('weber-livres', 'Weber Livres'), store('weber-deco', 'Weber Déco')],
  },
  {
    name: 'Ateliers du Kirchberg',
    contactEmail: 'contact@ateliers-kirchberg.example.test',
    vatNumber: 'LU00000002',
    ownerEmail: 'other@example.test',
    stores: [store('kirchberg-velo', 'Kirchberg Vélo')],
  },
];

/** Every store of the demo. */
export const demoStores: readonly DemoStore[] = demoMerchants.flatMap((merchant) => merchant.stores);

/** The accounts of the demo. Their passwords are public: a server beyond loopback has to refuse them. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    email: 'admin@example.test',
    password: 'demo-admin',
    name: 'Platform admin',
    admin: true,
    staffOf: [],
  },
  {
    email: 'owner@example.test',
    password: 'demo-owner',
    name: 'Owner of Maison Weber',
    admin: false,
    staffOf: [],
  },
  {
    email: 'staff@example.test',
    password: 'demo-staff',
    name: 'Staff of Weber Livres',
    admin: false,
    staffOf: ['weber-livres'],
  },
  {
    email: 'other@example.test',
    password: 'demo-other',
    name: 'Owner of Ateliers du Kirchberg',
    admin: false,
    staffOf: [],
  },
];

/** The name under which a store's feed is served: `weber-livres-fr.csv`. */
export const demoFeedName = (storeCode: DemoStoreCode, language: Language) => `${storeCode}-${language}.csv`;
