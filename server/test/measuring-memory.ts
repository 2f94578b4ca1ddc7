/** Options of a test that measures memory: the garbage collector may come at the wrong moment, and takes its time. */
export const measuresMemory = { retry: 2, timeout: 30_000 } as const;
