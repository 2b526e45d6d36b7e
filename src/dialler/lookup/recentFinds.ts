import { contactIdOf, userDataFault } from "../api/record/key";

/** How a contact is looked up. */
export type FindKey =
  { readonly kind: "id"; readonly id: number } | { readonly kind: "userData"; readonly userData: string };

/** The keys that a text may be: digits can be an ID or a UserData. Empty if the text is blank or ill-formed. */
export function findKeysOf(text: string): FindKey[] {
  const id = contactIdOf(text.trim());
  return [
    ...(id === undefined ? [] : [{ kind: "id", id } as const]),
    ...(userDataFault(text) === undefined ? [{ kind: "userData", userData: text } as const] : []),
  ];
}

export interface RecentFind {
  readonly baseUrl: string;
  readonly key: FindKey;
  /** The found contact's values, as the server has them. */
  readonly label: string;
}

const mostFinds = 20;

/** Recent finds, newest first. In memory only, because names and UserData are personal data. */
export class RecentFinds {
  #finds: readonly RecentFind[] = [];

  add(find: RecentFind): void {
    const others = this.#finds.filter(
      ({ baseUrl, key }) => baseUrl !== find.baseUrl || !isSame(key, find.key),
    );
    this.#finds = [find, ...others].slice(0, mostFinds);
  }

  /** The finds on one server, because an ID is another contact elsewhere. */
  on(server: string): readonly RecentFind[] {
    return this.#finds.filter(({ baseUrl }) => baseUrl === server);
  }
}

function isSame(a: FindKey, b: FindKey): boolean {
  return a.kind === "id"
    ? b.kind === "id" && a.id === b.id
    : b.kind === "userData" && a.userData === b.userData;
}
