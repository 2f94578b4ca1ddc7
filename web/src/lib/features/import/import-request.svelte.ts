import type { Format } from '#lib/format/format.svelte.ts';
import type { Api } from '#lib/graphql/api.svelte.ts';
import {
  FeedCheckDocument,
  StartImportDocument,
  type FeedCheckQuery,
} from '#lib/graphql/generated/graphql.ts';
import { problemOf, type Problem } from '#lib/graphql/problem.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FeedLanguage } from './feed-words.ts';
import type { JobState } from './job-fold.svelte.ts';
import { problemWords, readingProblemWords } from './problem-words.ts';
import { refusalWords } from './refusal-words.ts';

export type FeedCheck = FeedCheckQuery['feedCheck'];
export type FeedAddresses = Readonly<Record<FeedLanguage, string | null>>;

export const batchSizes = { least: 100, most: 5000, usual: 1000 };

/** What is wrong with a field, in words. */
interface Faults {
  /** Where it can be chosen: none is. */
  readonly store?: string | undefined;
  readonly address?: string | undefined;
  readonly batchSize?: string | undefined;
}

/**
 * An import that somebody is about to start: the fields of its form, a check of its feed, and its start. The
 * form (`ImportForm`) and the result (`FeedCheckResult`) both show it.
 */
export class ImportRequest {
  readonly #api: Api;
  readonly #storeCode: () => string | null;
  readonly #format: Pick<Format, 'count'>;
  address = $state('');
  language = $state<FeedLanguage>('EN');
  /** null while it is no number that is allowed. */
  batchSize = $state<number | null>(batchSizes.usual);
  #faults = $state.raw<Faults>({});
  #problem = $state.raw<string | null>(null);
  #checking = $state(false);
  #starting = $state(false);
  #check = $state.raw<FeedCheck | null>(null);
  #checkedLanguage = $state<FeedLanguage>('EN');
  #endChecking: (() => void) | undefined;

  constructor(api: Api, storeCode: () => string | null, format: Pick<Format, 'count'>) {
    this.#api = api;
    this.#storeCode = storeCode;
    this.#format = format;
  }

  get faults(): Faults {
    return this.#faults;
  }
  /** What is wrong with none of the fields; null when all is well. */
  get problem(): string | null {
    return this.#problem;
  }
  /** What is wrong, the fields included: for where they are not shown. */
  get complaint(): string | null {
    const { store, address, batchSize } = this.#faults;
    return this.#problem ?? store ?? address ?? batchSize ?? null;
  }
  get checking(): boolean {
    return this.#checking;
  }
  get starting(): boolean {
    return this.#starting;
  }
  /** What an import would see; null before somebody asked, and after the fields were changed. */
  get check(): FeedCheck | null {
    return this.#check;
  }
  /** Of the feed that was checked. */
  get checkedLanguage(): FeedLanguage {
    return this.#checkedLanguage;
  }

  fill(address: string, language: FeedLanguage): void {
    this.address = address;
    this.language = language;
    this.touch();
  }

  /** The fields were changed: what was said of them does not hold any more. */
  touch(): void {
    this.#faults = {};
    this.#problem = null;
    this.#check = null;
    this.#stop();
  }

  /** Reads the feed and stores nothing; true when there is a result to show. False also when it was ended. */
  async runCheck(): Promise<boolean> {
    const storeCode = this.#storeCode();
    if (this.#checking || !this.#isWhole(this.#feedFaults()) || storeCode === null) return false;
    const { language } = this;
    this.#checking = true;
    const answer = await this.#askForCheck({ storeCode, sourceUrl: this.address.trim(), language });
    // Ended: another one may be under way by now.
    if (answer === null) return false;
    this.#stop();
    if ('kind' in answer) {
      this.#problem = readingProblemWords(answer);
      return false;
    }
    this.#checkedLanguage = language;
    this.#check = answer;
    return true;
  }

  /** Starts the import, and ends a check; null when it was refused, which the fields and `problem` then say. */
  async start(): Promise<JobState | null> {
    this.#stop();
    const storeCode = this.#storeCode();
    const { language, batchSize } = this;
    const faults = {
      ...this.#feedFaults(),
      batchSize: batchSize === null ? this.#sizeOutOfRange() : undefined,
    };
    if (this.#starting || !this.#isWhole(faults) || storeCode === null || batchSize === null) return null;
    this.#starting = true;
    const input = { storeCode, sourceUrl: this.address.trim(), language, batchSize };
    const { data, problem } = await this.#api.sendLive(StartImportDocument, { input });
    this.#starting = false;
    if (problem !== null) {
      this.#problem = problemWords(problem);
      return null;
    }
    if (data.startImport.__typename === 'StartImportPayload') return data.startImport.importJob;
    this.#refuse(data.startImport);
    return null;
  }

  /** Ends a check that is under way: nobody waits for it any more. */
  #stop(): void {
    this.#endChecking?.();
    this.#endChecking = undefined;
    this.#checking = false;
  }

  #askForCheck(input: {
    storeCode: string;
    sourceUrl: string;
    language: FeedLanguage;
  }): Promise<FeedCheck | Problem | null> {
    return new Promise((settle) => {
      const asking = this.#api.client
        .query(FeedCheckDocument, { input }, { requestPolicy: 'network-only' })
        .subscribe(({ data, error }) => {
          if (data) settle(data.feedCheck);
          else if (error) settle(problemOf(error));
        });
      this.#endChecking = () => {
        asking.unsubscribe();
        settle(null);
      };
    });
  }

  /** What can be seen without asking anybody. */
  #feedFaults(): Faults {
    const address = this.address.trim();
    return {
      store: this.#storeCode() === null ? m.admin_store_needed() : undefined,
      address:
        address === ''
          ? m.error_field_required()
          : /^https?:\/\//i.test(address)
            ? undefined
            : m.error_url_scheme(),
    };
  }

  #sizeOutOfRange(): string {
    const { count } = this.#format;
    return m.error_number_range({ min: count(batchSizes.least), max: count(batchSizes.most) });
  }

  /** Says the faults, and whether there are none. */
  #isWhole(faults: Faults): boolean {
    this.#problem = null;
    this.#faults = faults;
    return !faults.store && !faults.address && !faults.batchSize;
  }

  #refuse(refusal: { code: string; message: string; path?: readonly string[] | null }): void {
    const field = refusal.path?.at(-1);
    const words = refusalWords(refusal.code, refusal.message);
    if (field === 'sourceUrl') this.#faults = { address: words };
    else if (field === 'batchSize') this.#faults = { batchSize: words };
    else this.#problem = words;
  }
}
