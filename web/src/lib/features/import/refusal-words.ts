import { refusalSentence } from '#lib/features/answers/refusal-sentence.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why a whole feed is refused, or an import failed, in words, besides what every change may be refused for. */
const refusals: Readonly<Record<string, () => string>> = {
  TOO_MANY_REDIRECTS: m.refusal_too_many_redirects,
  CONNECTION_FAILED: m.refusal_connection_failed,
  TLS_FAILED: m.refusal_tls_failed,
  HTTP_STATUS: m.refusal_http_status,
  HTTP_PROTOCOL: m.refusal_http_protocol,
  SERVER_BUSY: m.refusal_server_busy,
  STALLED: m.refusal_stalled,
  TOO_SLOW: m.refusal_too_slow,
  TOO_LARGE: m.refusal_too_large,
  INFLATED_TOO_LARGE: m.refusal_inflated_too_large,
  TRUNCATED: m.refusal_truncated,
  COMPRESSION_BROKEN: m.refusal_compression_broken,
  COMPRESSION_UNKNOWN: m.refusal_compression_unknown,
  IS_HTML: m.refusal_is_html,
  NOT_TEXT: m.refusal_not_text,
  EMPTY: m.refusal_empty,
  FILE_NOT_FOUND: m.refusal_file_not_found,
  FILE_GONE: m.refusal_file_gone,
  ENCODING_UNKNOWN: m.refusal_encoding_unknown,
  ONE_COLUMN: m.refusal_one_column,
  TOO_MANY_COLUMNS: m.refusal_too_many_columns,
  TOO_MANY_ROWS: m.refusal_too_many_rows,
  HEADER_TOO_LARGE: m.refusal_header_too_large,
  NO_ID_COLUMN: m.refusal_no_id_column,
  NO_TITLE_COLUMN: m.refusal_no_title_column,
  UNCLOSED_QUOTE: m.refusal_unclosed_quote,
  ATTEMPTS_EXHAUSTED: m.refusal_attempts_exhausted,
  CHECK_TOO_LONG: m.refusal_check_too_long,
};

/** The sentence in the language of the page; for a code that came with a newer server, the server's own. */
export const refusalWords = (code: string, message: string): string =>
  refusals[code]?.() ?? refusalSentence({ code, message, path: null });
