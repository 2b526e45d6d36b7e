import { contactIdOf, userDataFault } from "../api/record/key";

/** What a contact is looked for by. */
export type FindKey =
  { readonly kind: "id"; readonly id: number } | { readonly kind: "userData"; readonly userData: string };

/** What a text may stand for: digits are an ID as well as a UserData. Nothing where it is blank or ill-formed. */
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
  /** Of the contact that was found, as the server has it. */
  readonly label: string;
}

const mostFinds = 20;

/** What was found lately, newest first. In memory only: names and UserData are personal. */
export class RecentFinds {
  #finds: readonly RecentFind[] = [];

  add(find: RecentFind): void {
    const others = this.#finds.filter(
      ({ baseUrl, key }) => baseUrl !== find.baseUrl || !isSame(key, find.key),
    );
    this.#finds = [find, ...others].slice(0, mostFinds);
  }

  /** Those on one server: an ID means another contact elsewhere. */
  on(server: string): readonly RecentFind[] {
    return this.#finds.filter(({ baseUrl }) => baseUrl === server);
  }
}

export function isSame(a: FindKey, b: FindKey): boolean {
  return a.kind === "id"
    ? b.kind === "id" && a.id === b.id
    : b.kind === "userData" && a.userData === b.userData;
}
