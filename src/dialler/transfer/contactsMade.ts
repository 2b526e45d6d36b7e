import { ApiError } from "../api/http/apiError";
import type { Contact } from "../api/record/contact";
import { userDataFault } from "../api/record/key";
import { resolveUserDataList } from "../lookup/resolveList";
import type { ImportOncePorts } from "./importOnce";

/** An import that was sent, as far as a look-up by UserData can show what it created. */
export interface SentKey {
  readonly userData: string | undefined;
  /** The contacts that had the UserData before. */
  readonly before: readonly Contact[];
}

/**
 * The contacts that have the UserData of an import now and did not before. Imports that a look-up cannot tell about are
 * missing from the result.
 */
export async function contactsMade<T extends SentKey>(
  sent: readonly T[],
  ports: ImportOncePorts,
): Promise<ReadonlyMap<T, readonly Contact[]>> {
  const made = new Map<T, readonly Contact[]>();
  const keyed = sent.flatMap((one) =>
    one.userData === undefined || userDataFault(one.userData) !== undefined
      ? []
      : [{ one, userData: one.userData }],
  );
  if (keyed.length === 0) return made;
  try {
    const found = await resolveUserDataList(
      ports.client,
      keyed.map(({ userData }) => userData),
      {
        lockField: ports.lockField,
        mayReadWholeList: () => ports.mayReadWholeList(),
        signal: ports.abort ?? new AbortController().signal,
        reading: { control: ports.control, fresh: true },
        onProgress: () => undefined,
      },
    );
    if (found.kind !== "found") return made;
    for (const { one, userData } of keyed) {
      const match = found.match(userData);
      const all = match.kind === "one" ? [match.contact] : match.kind === "several" ? match.contacts : [];
      made.set(
        one,
        all.filter(({ id }) => !one.before.some((contact) => contact.id === id)),
      );
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return made;
}

/** How long a server may take to carry out an import whose answer was lost. */
export const settlingMs = 30_000;
