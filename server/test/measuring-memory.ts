/** Options of a test that measures memory: the garbage collector may come at the wrong moment. */
export const measuresMemory = { retry: 2 } as const;
