import { isAscii, isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';

/** Text as UTF-8, whatever it was written in. */
export interface SourceText {
  /** The first piece holds at least the header. */
  readonly chunks: AsyncGenerator<Buffer, void>;
  /** Filled as the text is read. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

const pieceBytes = 64 * 1024;

/** Opens a file or a stream as text; a refusal when it is missing, empty or plainly no text. */
export async function openText(
  input: string | Readable,
  onProgress: (bytesRead: number, totalBytes: number | undefined) => void = () => undefined,
): Promise<SourceText | Refusal> {
  const file = typeof input === 'string' ? await openFile(input) : undefined;
  if (isRefusal(file)) return file;
  const stream = typeof input === 'string' ? file?.handle.createReadStream() : input;
  const close = async () => {
    stream?.destroy();
    await file?.handle.close();
  };
  const bytes = countBytes(stream ?? [], (read) => onProgress(read, file?.size));
  const head = await readHead(bytes);
  const fault = findFault(head);
  if (fault) {
    await close();
    return fault;
  }
  const warnings: string[] = [];
  return { chunks: decode(head, bytes, warnings), warnings, close };
}

async function openFile(path: string): Promise<{ handle: FileHandle; size: number } | Refusal> {
  try {
    const handle = await open(path);
    const facts = await handle.stat();
    if (facts.isFile()) return { handle, size: facts.size };
    await handle.close();
    return refuse('not_a_file', `${path} is not a file. Name the CSV file itself.`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return refuse(
      'cannot_open',
      code === 'ENOENT'
        ? `There is no file ${path}. Check the path and run it again.`
        : `${path} cannot be opened (${String(code ?? error)}). Check that you may read it.`,
    );
  }
}

async function* countBytes(
  stream: AsyncIterable<unknown> | Iterable<unknown>,
  onRead: (total: number) => void,
): AsyncGenerator<Buffer, void> {
  let total = 0;
  for await (const given of stream) {
    const chunk = Buffer.from(given instanceof Uint8Array ? given : String(given));
    // A stream may hand over a whole file at once.
    for (let from = 0; from < chunk.length; from += pieceBytes) {
      const piece = chunk.subarray(from, from + pieceBytes);
      total += piece.length;
      onRead(total);
      yield piece;
    }
  }
}

/** Enough of the beginning to judge encoding and delimiter by, however small the pieces come. */
async function readHead(bytes: AsyncGenerator<Buffer, void>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let length = 0; length < pieceBytes; ) {
    const next = await bytes.next();
    if (next.done) break;
    pieces.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(pieces);
}

function findFault(head: Buffer): Refusal | undefined {
  if (head.length === 0) return refuse('empty_file', 'The file is empty. Export it again.');
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    return refuse('not_csv', 'This is an Excel workbook or a zip. Save it as “CSV UTF-8” first.');
  }
  const binary = utf16Of(head) === undefined && head.subarray(0, 8192).includes(0);
  if (binary || /^\s*[<{[]/.test(head.toString('latin1', 0, 200))) {
    return refuse('not_csv', 'This does not look like a CSV file. Export the list as CSV.');
  }
  return undefined;
}

/** Turns bytes into UTF-8 piece by piece; a character may be cut between two pieces. */
interface Decoder {
  write(chunk: Buffer): Buffer;
  end(): Buffer;
}

async function* decode(
  head: Buffer,
  rest: AsyncGenerator<Buffer, void>,
  warnings: string[],
): AsyncGenerator<Buffer, void> {
  const utf16 = utf16Of(head);
  const decoder = utf16 ? decodeWith(utf16) : decodeUtf8OrWindows(warnings);
  const bom = head.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0;
  yield decoder.write(head.subarray(bom));
  for await (const chunk of rest) yield decoder.write(chunk);
  yield decoder.end();
}

function utf16Of(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decodeWith(encoding: string): Decoder {
  const decoder = iconv.getDecoder(encoding);
  return {
    write: (chunk) => Buffer.from(decoder.write(chunk)),
    end: () => Buffer.from(decoder.end() ?? ''),
  };
}

/**
 * The first characters outside ASCII decide: valid UTF-8 or, since nothing else is that common,
 * Windows-1252. All before them reads the same in both.
 */
function decodeUtf8OrWindows(warnings: string[]): Decoder {
  let encoding: 'ascii' | 'utf8' | 'windows1252' = 'ascii';
  let cut: Buffer = Buffer.alloc(0);
  const convert = (piece: Buffer): Buffer => {
    if (encoding === 'ascii' && !isAscii(piece)) {
      encoding = isUtf8(piece) ? 'utf8' : 'windows1252';
      if (encoding === 'windows1252') {
        warnings.push('The file is not UTF-8; it was read as Windows-1252. Check accented names.');
      }
    }
    return encoding === 'windows1252' ? Buffer.from(iconv.decode(piece, encoding)) : piece;
  };
  return {
    write: (chunk) => {
      const whole = cut.length === 0 ? chunk : Buffer.concat([cut, chunk]);
      const end = encoding === 'windows1252' ? whole.length : wholeCharacters(whole);
      cut = whole.subarray(end);
      return convert(whole.subarray(0, end));
    },
    end: () => convert(cut),
  };
}

/** Length of `bytes` without a UTF-8 character that begins at its end and goes on after it. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
