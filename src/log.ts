import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

/** JSON lines to standard output; no line ever holds a token. */
export type Log = Logger;

const redacted = '[redacted]';

// Tokens of every kind Slack gives out: bot, user, app, refresh, rotating and workflow ones.
const token = /\b(?:xox[a-z]|xapp|xwfp)[-.][\w.-]+/g;
const scheme = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;
// The header as JSON, also as JSON within a string (then its quotes are escaped), and as a line.
const header = /(authorization\\*"\s*:\s*\\*")(?:[^"\\]|\\(?!\\*"))*/gi;
const headerLine = /(authorization\s*[:=]\s*)(?!(?:bearer|basic)\b)[^\s"\\,}]+/gi;

// The user and password of a database's URL: whatever stands before its last @, but for the path.
const login = /(\bpostgres(?:ql)?:\/\/)[^\s/?#]*@/gi;
const urlPassword = /([?&]password=)[^\s"'`&]+/gi;

/** Takes the secrets out of a finished log line, wherever in it they are. */
export function redactSecrets(line: string): string {
  return line
    .replace(token, redacted)
    .replace(login, `$1${redacted}@`)
    .replace(urlPassword, `$1${redacted}`)
    .replace(scheme, `$1 ${redacted}`)
    .replace(header, `$1${redacted}`)
    .replace(headerLine, `$1${redacted}`);
}

/**
 * The log of this process. Secrets are taken out of the finished line, because they arrive in
 * places no list of paths can name: causes of errors, headers within them, sentences.
 */
export function createLog(options: { level: string }, destination?: DestinationStream): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: stdSerializers.errWithCause, error: stdSerializers.errWithCause },
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactSecrets },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
