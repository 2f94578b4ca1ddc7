// @module-tag http
import { expect, test } from 'vitest';
import { AddressCount } from './address-count.ts';

test.each([
  ['an IPv4 address', '192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
  ['a network of IPv6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
])('%s has so many and no more, and one that it gives back makes room', (_what, one, same, other) => {
  const count = new AddressCount(1);
  expect([one, same, other].map((address) => count.add(address))).toEqual([true, false, true]);
  count.remove(same);
  expect(count.add(one)).toBe(true);
});
