import type { ContactList } from "./contactList";
import { type ContactsState, isWaiting, type ListState, listsOf, shownList } from "./contactsState";

/** Comparing more contacts than this is more expensive than drawing them again. */
const mostCompared = 1000;

/** Whether a tree draws both states the same. A refresh without changes must not redraw the tree. */
export function looksTheSame(before: ContactsState, after: ContactsState): boolean {
  if (before.kind === "closed" || after.kind === "closed") return before.kind === after.kind;
  if (before.kind !== after.kind || before.connection !== after.connection) return false;
  if (before.kind === "failed" && after.kind === "failed") return before.error === after.error;
  if (before.kind === "campaigns" && after.kind === "campaigns") {
    const names = ({ campaigns }: typeof before): string =>
      JSON.stringify(campaigns.map(({ campaign }) => campaign));
    if (before.problem !== after.problem || names(before) !== names(after)) return false;
  }
  const lists = listsOf(after);
  return listsOf(before).every(({ contacts }, place) => {
    const now = lists[place];
    return now !== undefined && listLooksTheSame(contacts, now.contacts);
  });
}

/** Whether a tree draws both lists, and the notes beside them, the same. */
export function listLooksTheSame(before: ListState, after: ListState): boolean {
  if (noteOf(before) !== noteOf(after)) return false;
  const [shown, now] = [shownList(before), shownList(after)];
  if (shown === now) return shown !== undefined || isWaiting(before) === isWaiting(after);
  return shown !== undefined && now !== undefined && holdsTheSame(shown, now) && now.count > 0;
}

/** The note beside a list. A refresh in progress is shown only by the progress bar. */
function noteOf(state: ListState): unknown {
  switch (state.kind) {
    case "idle":
      return undefined;
    case "loading":
      return state.stale === undefined ? state.arriving : undefined;
    case "listed":
      return state.stopped || (state.announced ?? state.received) !== state.received ? state : undefined;
    case "failed":
      return state.error;
  }
}

function holdsTheSame(before: ContactList, after: ContactList): boolean {
  if (before.count !== after.count || before.count > mostCompared) return false;
  const now = after.slice();
  return before.slice().every((listed, place) => JSON.stringify(listed) === JSON.stringify(now[place]));
}
