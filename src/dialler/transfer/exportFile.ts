import { access, open, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The file cannot be written: no such folder, no permission, no space. Its text comes from the system. */
export class FileNotWritten extends Error {
  /** For example `EACCES`. */
  readonly code: string;

  constructor(cause: unknown) {
    super("The file could not be written.", { cause });
    this.name = "FileNotWritten";
    this.code = cause instanceof Error && "code" in cause ? String(cause.code) : "-";
  }
}

/** The most unfinished files that may lie next to a target. */
const mostBeside = 20;

/**
 * Writes a file while its text is created: first next to the target, readable only by the owner, then moved into place.
 * If anything fails, including the text, nothing is left behind and an existing file is unchanged. Returns the number
 * of bytes.
 * @throws FileNotWritten, or the error of `texts`
 */
export async function writeInPlace(path: string, texts: AsyncIterable<string>): Promise<number> {
  const { file, part } = await ofFile(openBeside(path));
  try {
    let bytes = 0;
    try {
      for await (const text of texts) {
        const chunk = Buffer.from(text);
        await ofFile(file.appendFile(chunk));
        bytes += chunk.length;
      }
      await ofFile(file.sync());
    } finally {
      await file.close();
    }
    await ofFile(rename(part, path));
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function ofFile<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new FileNotWritten(error);
  }
}

/** Never opens an existing file, which may belong to another user or be a link. */
async function openBeside(path: string): Promise<{ readonly file: FileHandle; readonly part: string }> {
  for (let number = 1; ; number++) {
    const part = number === 1 ? `${path}.part` : `${path}.${number}.part`;
    try {
      return { file: await open(part, "wx", 0o600), part };
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || number >= mostBeside) throw error;
    }
  }
}

/** Whether a file at this path would be in a git work tree, also through linked folders. Never throws. */
export async function isInWorkTree(path: string): Promise<boolean> {
  const folder = dirname(path);
  const real = await realpath(folder).catch(() => folder);
  return (await hasGitAbove(folder)) || (real !== folder && (await hasGitAbove(real)));
}

async function hasGitAbove(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await access(join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return found;
  }
}
