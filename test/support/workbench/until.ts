/** Asks again and again until the answer is yes. Throws, naming what was waited for, if it never is. */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${typeof what === "string" ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Matches this text alone, blanks around it aside. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
