import { refusalSentence, type FeedRefusalCode, type IssueDetails } from './codes.ts';

/** A feed that cannot be imported as a whole. Its message is for shopkeepers, and holds no secrets. */
export class FeedRefusal extends Error {
  readonly code: FeedRefusalCode;

  constructor(code: FeedRefusalCode, details: IssueDetails = {}, options?: ErrorOptions) {
    super(refusalSentence(code, details), options);
    this.name = 'FeedRefusal';
    this.code = code;
  }
}
