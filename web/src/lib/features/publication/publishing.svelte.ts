import { getContext, setContext } from 'svelte';
import { actionProblemWords, withRequest } from '#lib/features/import/problem-words.ts';
import { refusalSentence, type Refusal } from '#lib/features/answers/refusal-sentence.ts';
import type { Answer, Api } from '#lib/graphql/api.svelte.ts';
import {
  PublicationProgressDocument,
  PublishProductsDocument,
  UnpublishProductsDocument,
  type PublicationStateFragment,
  type PublishProductsInput,
} from '#lib/graphql/generated/graphql.ts';
import type { Problem } from '#lib/graphql/problem.ts';
import { m } from '#lib/paraglide/messages.js';
import { keptByTab } from '#lib/ui/browser-memory.ts';
import { Paced } from '#lib/ui/paced.svelte.ts';
import { sayPublication } from './publication-words.ts';
import type { Format } from '#lib/format/format.svelte.ts';

export type PublicationState = PublicationStateFragment;
export type PublicationAction = PublicationState['action'];
/** Which products: some, or all that match a filter of the marketplace's or of the catalogue's list. */
export type Chosen = Omit<PublishProductsInput, 'storeCode'>;

export const isOver = ({ status }: PublicationState) => status === 'COMPLETED' || status === 'FAILED';

interface Surroundings {
  readonly api: Pick<Api, 'sendLive' | 'watch'>;
  readonly storeCode: string;
  readonly say: (sentence: string) => void;
  readonly format: Format;
}

type Result = { readonly publication: PublicationState } | ({ readonly __typename: string } & Refusal);

/**
 * What is published or unpublished in a store, for all pages of its products: it goes on while they change, and is
 * found again after a reload. What moves comes by subscription.
 */
export class Publishing {
  readonly #around: Surroundings;
  readonly #shown = new Paced<PublicationState | null>(null);
  #asking = $state(false);
  #problem = $state.raw<string | null>(null);
  #version = $state(0);
  #endWatch: (() => void) | null = null;
  /** Each ends the watch of a single product that waits. */
  readonly #waits = new Set<() => void>();

  constructor(around: Surroundings) {
    this.#around = around;
    const remembered = keptByTab.read(this.#memory);
    if (remembered !== null) this.#watch(remembered);
  }

  /** The last one of many products, until it is dismissed; null when there is none. */
  get job(): PublicationState | null {
    return this.#shown.shown;
  }
  /** One is asked for or under way: the next has to wait. */
  get busy(): boolean {
    return this.#asking || (this.job !== null && !isOver(this.job));
  }
  /** Why it could not be begun, or why nobody can say how far it is. */
  get problem(): string | null {
    return this.#problem;
  }
  /** Grows whenever products have changed: what shows them reads again. */
  get version(): number {
    return this.#version;
  }

  /** Many products at once; true when it was begun. */
  async start(action: PublicationAction, chosen: Chosen): Promise<boolean> {
    if (this.busy) return false;
    this.#asking = true;
    this.dismiss();
    const { job, problem } = await this.#send(action, chosen).finally(() => (this.#asking = false));
    this.#problem = problem;
    if (!job) return false;
    if (isOver(job)) this.#take(job);
    else this.#begin(job);
    return true;
  }

  /** A single product; null when it is done. It may have to wait for others of the store. */
  async one(action: PublicationAction, id: string): Promise<NotDone | null> {
    const sent = await this.#send(action, { marketplaceProducts: [id] });
    const { job, problem } = sent.job && !isOver(sent.job) ? await this.#end(sent.job) : sent;
    // Also of one that was lost sight of: it may be done.
    if (sent.job) this.#version += 1;
    if (!job) return problem === null ? null : { why: problem, lost: sent.job !== null };
    const [refused] = job.refused;
    if (refused) return { why: refusalSentence({ ...refused, path: null }), lost: false };
    return job.status === 'FAILED' ? { why: m.publication_failed_title(), lost: false } : null;
  }

  dismiss(): void {
    this.#endWatch?.();
    this.#endWatch = null;
    this.#shown.takeAtOnce(null);
    this.#problem = null;
    keptByTab.write(this.#memory, null);
  }

  stop(): void {
    this.#endWatch?.();
    for (const end of this.#waits) end();
    this.#shown.stop();
  }

  get #memory(): string {
    return `publication ${this.#around.storeCode}`;
  }

  async #send(action: PublicationAction, chosen: Chosen): Promise<Sent> {
    const { api, storeCode } = this.#around;
    const input = { storeCode, ...chosen };
    return action === 'PUBLISH'
      ? sentOf(await api.sendLive(PublishProductsDocument, { input }), (data) => data.publishProducts)
      : sentOf(await api.sendLive(UnpublishProductsDocument, { input }), (data) => data.unpublishProducts);
  }

  /** What a job that waits or is under way comes to. */
  #end({ id }: PublicationState): Promise<Sent> {
    const { promise, resolve } = Promise.withResolvers<Sent>();
    const endWatch = this.#around.api.watch(
      PublicationProgressDocument,
      { id },
      ({ publicationProgress: job }) => isOver(job) && resolve({ job, problem: null }),
      (problem) => resolve({ job: null, problem: lostWords(problem) }),
    );
    this.#waits.add(endWatch);
    return promise.finally(() => {
      endWatch();
      this.#waits.delete(endWatch);
    });
  }

  #begin(job: PublicationState): void {
    keptByTab.write(this.#memory, job.id);
    this.#take(job);
    this.#watch(job.id);
  }

  #watch(id: string): void {
    this.#endWatch = this.#around.api.watch(
      PublicationProgressDocument,
      { id },
      ({ publicationProgress: job }) => this.#take(job, this.job === null && isOver(job)),
      (problem) => this.#lose(problem),
    );
  }

  #lose(problem: Problem): void {
    const wasShown = this.job !== null;
    this.dismiss();
    // Of one that was found after a reload the server may know nothing any more: then there is nothing to say.
    if (!wasShown) return;
    this.#problem = lostWords(problem);
    this.#version += 1;
  }

  /** `silent`: it had ended when the page was opened. */
  #take(job: PublicationState, silent = false): void {
    const { say, format } = this.#around;
    if (isOver(job)) {
      this.#shown.takeAtOnce(job);
      this.#version += 1;
    } else this.#shown.take(job);
    if (!silent) say(sayPublication(job, format));
  }
}

/** Why a single product is not as it was to be. */
export interface NotDone {
  readonly why: string;
  /** It was begun, and nobody can say what became of it. */
  readonly lost: boolean;
}

interface Sent {
  readonly job: PublicationState | null;
  readonly problem: string | null;
}

/** Nothing is left to be sent: only the sight of it is lost. */
const lostWords = (problem: Problem) => withRequest(m.publication_lost(), problem);

function sentOf<Data>({ data, problem }: Answer<Data>, resultOf: (data: Data) => Result): Sent {
  if (problem !== null) return { job: null, problem: actionProblemWords(problem) };
  const result = resultOf(data);
  if ('publication' in result) return { job: result.publication, problem: null };
  return { job: null, problem: refusalSentence(result) };
}

const key = Symbol('publishing');

/** For the layout of a store's products. */
export const providePublishing = (publishing: Publishing): Publishing => setContext(key, publishing);
export const usePublishing = (): Publishing => getContext(key);
