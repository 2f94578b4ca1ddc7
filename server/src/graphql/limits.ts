/** What one operation may ask for. Beyond a limit it is refused with a code of `faultCodes`. */
export const queryLimits = {
  /** Characters of the document: what it costs to keep one in the cache of parsed documents. */
  characters: 100_000,
  tokens: 4_000,
  /** Fields within fields. The introspection of GraphiQL needs 15. */
  depth: 16,
  /** Fields as they are written, which validation compares with each other. */
  writtenFields: 1_000,
  /** Fields with every fragment in its places. */
  fields: 500,
  aliases: 50,
  directives: 50,
  /** Fields right under query, mutation or subscription. */
  rootFields: 20,
  /** Characters of a subscription, variables and all: they are kept for as long as it is open. */
  subscriptionCharacters: 8_000,
  /** Objects that could come back, lists counted by what they are asked for. */
  complexity: 20_000,
} as const;
