import type { Lookup } from './address.ts';

const usualPatienceMs = 10_000;

/**
 * Lookups for whoever asks a server that imports as well, one at a time: the machine's resolver has places for two in a
 * process (half of libuv's threads), and a name whose name servers say nothing keeps its own for long. Imports, which
 * wait for no more than their time without a byte, have the other. Who has waited for `patienceMs` is told to come
 * again, as by a resolver that is busy.
 */
export function inTurn(lookup: Lookup, patienceMs = usualPatienceMs): Lookup {
  let last: Promise<unknown> = Promise.resolve();
  return (name) => {
    const late = Promise.withResolvers<never>();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      late.reject(Object.assign(new Error(`${name} was not looked up in time.`), { code: 'EAI_AGAIN' }));
    }, patienceMs);
    const found = last.then(() => (isLate ? late.promise : lookup(name)));
    last = found.catch(() => undefined);
    return Promise.race([found, late.promise]).finally(() => clearTimeout(timer));
  };
}
