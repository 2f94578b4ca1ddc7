/** Characters of a feed's address; longer ones are fetched by nobody. */
export const longestFeedAddress = 4096;
