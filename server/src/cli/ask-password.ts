import type { ReadStream } from 'node:tty';

/** The person wants to stop: Ctrl-C or Ctrl-D at the question. */
export class QuestionLeftError extends Error {
  constructor() {
    super('Nothing was changed.');
    this.name = 'QuestionLeftError';
  }
}

const longestInput = 10_000;

/** The first line of what is piped in, without the byte order mark that editors put before it. */
export async function readPipedLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n') || text.length > longestInput) break;
  }
  return text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '';
}

/** One line typed at a terminal, of which nothing shows. Rejects with QuestionLeftError. */
export async function askHidden(
  input: ReadStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<string> {
  input.setEncoding('utf8');
  // Before the question: a quick answer must not show either.
  input.setRawMode(true);
  input.resume();
  output.write(question);
  const answer = Promise.withResolvers<string>();
  const line = new HiddenLine();
  const hear = (text: string) => {
    const state = line.type(text);
    if (state === 'entered') answer.resolve(line.text);
    if (state === 'left') answer.reject(new QuestionLeftError());
  };
  input.on('data', hear);
  try {
    return await answer.promise;
  } finally {
    input.off('data', hear);
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

/** A line as keys make it. In raw mode the terminal edits nothing. */
export class HiddenLine {
  #letters: string[] = [];

  get text(): string {
    return this.#letters.join('');
  }

  /** Takes what came from the keyboard, one key or a whole pasted text. */
  type(keys: string): 'open' | 'entered' | 'left' {
    for (const key of keys) {
      if (key === '\r' || key === '\n') return 'entered';
      if (key === '\x03' || (key === '\x04' && this.#letters.length === 0)) return 'left';
      if (key === '\x7f' || key === '\b') this.#letters.pop();
      else if (key === '\x15') this.#letters = [];
      else if (key >= ' ') this.#letters.push(key);
    }
    return 'open';
  }
}
