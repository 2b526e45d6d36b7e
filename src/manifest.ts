/** The typed twin of package.json: every public name that code uses. A test compares the two. */

export const settings = {
  endpoints: "dialler.endpoints",
  activeEndpoint: "dialler.activeEndpoint",
  groupBy: "dialler.groupBy",
  sortBy: "dialler.sortBy",
  pageSize: "dialler.pageSize",
  rowFields: "dialler.rowFields",
  lockField: "dialler.lockField",
  concurrency: "dialler.requests.concurrency",
  requestSeconds: "dialler.requests.timeoutSeconds",
  listSeconds: "dialler.list.timeoutSeconds",
  listMegabytes: "dialler.list.maxMegabytes",
  retentionDays: "dialler.journal.retentionDays",
  mask: "dialler.privacy.mask",
  directUserData: "dialler.advanced.directUserData",
  reveal: "dialler.output.reveal",
  allowHttpLinks: "dialler.links.allowHttp",
} as const;

/** The values of settings with a fixed set of words; where one is chosen, the default comes first. */
export const settingWords = {
  groupBy: ["campaign", "none"],
  sortBy: ["name", "id", "newest", "nextTry", "company", "userData", "lock"],
  reveal: ["never", "onError", "always"],
  rowFields: ["userData", "company", "city", "phone", "nextTry", "tries", "tag", "id"],
} as const;

/** What can stand beside a contact's name in the list. */
export type RowField = (typeof settingWords)["rowFields"][number];

/** The second argument of a command in a link of ours. VS Code shows no failure of a link, so that the command has to. */
export const fromLink = "link";

export const views = { contacts: "dialler.contacts", activity: "dialler.activity" } as const;

export const commands = {
  endpointSwitch: "dialler.endpoint.switch",
  endpointAdd: "dialler.endpoint.add",
  endpointEdit: "dialler.endpoint.edit",
  endpointRemove: "dialler.endpoint.remove",
  endpointSetToken: "dialler.endpoint.setToken",
  endpointForgetToken: "dialler.endpoint.forgetToken",
  endpointCheck: "dialler.endpoint.check",
  contactsRefresh: "dialler.contacts.refresh",
  contactsStopLoading: "dialler.contacts.stopLoading",
  contactsLoad: "dialler.contacts.load",
  contactsLoadAll: "dialler.contacts.loadAll",
  contactsFilter: "dialler.contacts.filter",
  contactsClearFilter: "dialler.contacts.clearFilter",
  contactsSort: "dialler.contacts.sort",
  contactsGroup: "dialler.contacts.group",
  contactFind: "dialler.contact.find",
  contactsExport: "dialler.contacts.export",
  contactsImport: "dialler.contacts.import",
  contactOpen: "dialler.contact.open",
  contactPreview: "dialler.contact.preview",
  contactShowHistory: "dialler.contact.showHistory",
  contactCompare: "dialler.contact.compare",
  contactRefresh: "dialler.contact.refresh",
  contactReveal: "dialler.contact.reveal",
  contactShowRawHistory: "dialler.contact.showRawHistory",
  contactOpenExternalLink: "dialler.contact.openExternalLink",
  contactCopyId: "dialler.contact.copyId",
  contactCopyUserData: "dialler.contact.copyUserData",
  contactCopyPhone: "dialler.contact.copyPhone",
  contactCopyAsJson: "dialler.contact.copyAsJson",
  contactCopyAsCurl: "dialler.contact.copyAsCurl",
  contactCopyAsPowerShell: "dialler.contact.copyAsPowerShell",
  contactCopyAsHttp: "dialler.contact.copyAsHttp",
  contactLock: "dialler.contact.lock",
  contactUnlock: "dialler.contact.unlock",
  contactDelete: "dialler.contact.delete",
  contactLockByUserData: "dialler.contact.lockByUserData",
  contactUnlockByUserData: "dialler.contact.unlockByUserData",
  contactDeleteByUserData: "dialler.contact.deleteByUserData",
  contactActDirectly: "dialler.contact.actByUserDataDirectly",
  listKey: "dialler.list.key",
  listLock: "dialler.list.lock",
  listUnlock: "dialler.list.unlock",
  listDelete: "dialler.list.delete",
  listAct: "dialler.list.act",
  activityRestore: "dialler.activity.restore",
  activityUndo: "dialler.activity.undo",
  activityRetryFailed: "dialler.activity.retryFailed",
  activityResume: "dialler.activity.resume",
  activityVerify: "dialler.activity.verifyUnknown",
  activityShowContact: "dialler.activity.showContact",
  activityCopyReport: "dialler.activity.copyReport",
  activityDeleteJournal: "dialler.activity.deleteJournal",
  demoStart: "dialler.demo.start",
  outputShow: "dialler.output.show",
} as const;

/**
 * Commands that rows and keys run. package.json does not declare them: the first time that a declared command is run, VS
 * Code first lets the extension host activate whatever waits for it, and keys pressed meanwhile would come before it.
 */
export const undeclared: readonly string[] = [commands.contactPreview, commands.listKey];

/** The commands that keys of the Contacts view run, each as the argument of `listKey`. */
export const listKeyCommands = [
  commands.contactOpen,
  commands.contactCopyId,
  commands.contactLock,
  commands.contactUnlock,
  commands.contactDelete,
] as const;

/** The tools that the extension offers to a chat. */
export const tools = {
  findContacts: "dialler_findContacts",
  getContact: "dialler_getContact",
  listCampaigns: "dialler_listCampaigns",
  lockContacts: "dialler_lockContacts",
  unlockContacts: "dialler_unlockContacts",
} as const;

/** The context key that `when` clauses read to choose a welcome text. */
export const stateKey = "dialler.state";
export type ViewState =
  "restricted" | "none" | "notChosen" | "noToken" | "empty" | "filtered" | "listed" | "loading" | "problem";

/** The context key that is true while a filter hides contacts. */
export const filteredKey = "dialler.filtered";

/** The context key that is true while a list is being read. */
export const loadingKey = "dialler.loading";

/** The context keys that hold the URIs of the open documents of contacts to which something applies. */
export const openDocumentsKeys = {
  locked: "dialler.documents.locked",
  unlocked: "dialler.documents.unlocked",
  /** The contact has an external link. */
  linked: "dialler.documents.linked",
  /** Something is hidden that Reveal shows. */
  covered: "dialler.documents.covered",
  /** The contact is no longer on the server. */
  absent: "dialler.documents.absent",
} as const;
/** The context key that is true while there is a run in the Activity view. */
export const runsKey = "dialler.hasRuns";

/** The words of a row's context value; `when` clauses of menus match them as whole words. */
export const rowWords = {
  contact: "contact",
  campaign: "campaign",
  /** The campaign's contacts were not requested yet. */
  unloaded: "unloaded",
  /** It is a campaign of the server, not the row of the contacts without one. */
  numbered: "numbered",
  group: "group",
  locked: "locked",
  unlocked: "unlocked",
  lockUnknown: "lockUnknown",
  actionable: "actionable",
  writable: "writable",
  userData: "userData",
  /** Another loaded contact has the same UserData. */
  sharedUserData: "sharedUserData",
  phone: "phone",
  link: "link",
} as const;

/** The same for the rows of the Activity view: the words of a run and of its items. */
export const runWords = {
  run: "run",
  deletion: "deletion",
  journaled: "journaled",
  /** The run is in progress. */
  live: "live",
  interrupted: "interrupted",
  restorable: "restorable",
  undoable: "undoable",
  resumable: "resumable",
  hasFailed: "hasFailed",
  hasUnknown: "hasUnknown",
  runItem: "runItem",
  /** The contact was imported, and can be deleted from here. */
  imported: "imported",
  failed: "failed",
  unknown: "unknown",
  contact: "contact",
} as const;

export const outputChannel = "Dialler";
export const documentScheme = "dialler-contact";
