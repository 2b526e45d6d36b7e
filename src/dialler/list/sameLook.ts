import type { ContactList } from "./contactList";
import { type ContactsState, isWaiting, type ListState, listsOf, shownList } from "./contactsState";

/** Comparing more contacts than this costs more than drawing them again. */
const mostCompared = 1000;

/** Whether a tree would draw both states alike. A refresh that finds nothing new must not redraw the tree. */
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

/** Whether a tree would draw both lists alike, and what it says beside them. */
export function listLooksTheSame(before: ListState, after: ListState): boolean {
  if (noteOf(before) !== noteOf(after)) return false;
  const [shown, now] = [shownList(before), shownList(after)];
  if (shown === now) return shown !== undefined || isWaiting(before) === isWaiting(after);
  return shown !== undefined && now !== undefined && holdsTheSame(shown, now) && now.count > 0;
}

/** What is said of a list beside its contacts; a refresh under way is told by the progress alone. */
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
