import { m } from '#lib/paraglide/messages.js';

interface WithRoles {
  readonly platformAdmin: boolean | null;
  readonly merchants: readonly { readonly name: string }[];
  readonly memberships: readonly {
    readonly role: 'MANAGER' | 'STAFF';
    readonly store: { readonly name: string };
  }[];
}

export const storeRole: Readonly<Record<'MANAGER' | 'STAFF', () => string>> = {
  MANAGER: m.role_manager,
  STAFF: m.role_staff,
};

/** What somebody may do, the most first: "Admin", "Owner of Maison Weber", "Staff of Weber Livres". */
export function rolesOf({ platformAdmin, merchants, memberships }: WithRoles): readonly string[] {
  return [
    ...(platformAdmin === true ? [m.role_admin()] : []),
    ...merchants.map(({ name }) => m.role_owner_of({ merchant: name })),
    ...memberships.map(({ role, store }) => m.role_of({ role: storeRole[role](), store: store.name })),
  ];
}
