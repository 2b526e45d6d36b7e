/** The typed twin of package.json: every public name that code uses. A test compares the two. */

export const settings = {
  endpoints: "dialler.endpoints",
  activeEndpoint: "dialler.activeEndpoint",
  groupBy: "dialler.groupBy",
  sortBy: "dialler.sortBy",
  pageSize: "dialler.pageSize",
  lockField: "dialler.lockField",
  concurrency: "dialler.requests.concurrency",
  requestSeconds: "dialler.requests.timeoutSeconds",
  listSeconds: "dialler.list.timeoutSeconds",
  listMegabytes: "dialler.list.maxMegabytes",
  retentionDays: "dialler.journal.retentionDays",
  mask: "dialler.privacy.mask",
  reveal: "dialler.output.reveal",
  allowHttpLinks: "dialler.links.allowHttp",
} as const;

/** The values of settings with a fixed set of words, the default first. */
export const settingWords = {
  groupBy: ["campaign", "none"],
  sortBy: ["name", "id", "nextTry", "company", "lock"],
  reveal: ["never", "onError", "always"],
} as const;

export const views = { contacts: "dialler.contacts", activity: "dialler.activity" } as const;

export const commands = {
  endpointSwitch: "dialler.endpoint.switch",
  endpointAdd: "dialler.endpoint.add",
  endpointRemove: "dialler.endpoint.remove",
  endpointSetToken: "dialler.endpoint.setToken",
  endpointForgetToken: "dialler.endpoint.forgetToken",
  endpointCheck: "dialler.endpoint.check",
  contactsRefresh: "dialler.contacts.refresh",
  contactsStopLoading: "dialler.contacts.stopLoading",
  contactsFilter: "dialler.contacts.filter",
  contactsClearFilter: "dialler.contacts.clearFilter",
  contactsSort: "dialler.contacts.sort",
  contactsGroup: "dialler.contacts.group",
  contactFind: "dialler.contact.find",
  contactsExport: "dialler.contacts.export",
  contactsImport: "dialler.contacts.import",
  contactOpen: "dialler.contact.open",
  contactShowHistory: "dialler.contact.showHistory",
  contactCompare: "dialler.contact.compare",
  contactRefresh: "dialler.contact.refresh",
  contactOpenExternalLink: "dialler.contact.openExternalLink",
  contactCopyId: "dialler.contact.copyId",
  contactCopyUserData: "dialler.contact.copyUserData",
  contactCopyPhone: "dialler.contact.copyPhone",
  contactCopyAsJson: "dialler.contact.copyAsJson",
  contactCopyAsCurl: "dialler.contact.copyAsCurl",
  contactCopyAsHttp: "dialler.contact.copyAsHttp",
  contactLock: "dialler.contact.lock",
  contactUnlock: "dialler.contact.unlock",
  contactDelete: "dialler.contact.delete",
  contactLockByUserData: "dialler.contact.lockByUserData",
  contactUnlockByUserData: "dialler.contact.unlockByUserData",
  contactDeleteByUserData: "dialler.contact.deleteByUserData",
  contactActDirectly: "dialler.contact.actByUserDataDirectly",
  listLock: "dialler.list.lock",
  listUnlock: "dialler.list.unlock",
  listDelete: "dialler.list.delete",
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

/** The words of a row's context value; `when` clauses of menus match them as whole words. */
export const rowWords = {
  contact: "contact",
  campaign: "campaign",
  group: "group",
  locked: "locked",
  unlocked: "unlocked",
  lockUnknown: "lockUnknown",
  actionable: "actionable",
  writable: "writable",
  userData: "userData",
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
