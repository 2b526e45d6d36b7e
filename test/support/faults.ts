// What can go wrong, one row each. A test that stands against a row carries its id in the title.

export interface FaultGroup {
  readonly name: string;
  /** The id, and what happens to us. */
  readonly faults: Readonly<Record<string, string>>;
}

export const faultGroups: readonly FaultGroup[] = [
  {
    name: "Network",
    faults: {
      N01: "nobody listens on the port",
      N02: "the host's name cannot be found",
      N03: "the server accepts and never answers",
      N04: "a deletion by ID is carried out and its answer lost",
      N07: "a deletion by UserData is carried out and its answer lost",
      N08: "a deletion by UserData is carried out and answered with 503",
      N09: "a deletion by UserData is never answered",
      N11: "a list is cut in the middle",
      N13: "a list drips, byte by byte",
      N14: "the answer is no HTTP",
      N15: "the answer has a header of 70 kB",
      N18: "the certificate is signed by itself",
      N19: "the certificate has expired or is somebody else's",
      N20: "an https address meets a port that speaks http",
      N21: "a proxy answers CONNECT with 407",
      N22: "a proxy answers CONNECT with 502 and a page",
      N23: "the server goes down in the middle of a run",
      N25: "the base URL has an IPv6 address",
      N26: "early hints come first, or the server speaks HTTP/1.0",
    },
  },
  {
    name: "HTTP",
    faults: {
      H01: "a list redirects",
      H02: "a deletion redirects to another server",
      H04: "the token is rejected at the first of fifty deletions",
      H06: "403 with a page of HTML",
      H07: "404 with the dialler's JSON at the first attempt",
      H08: "404 with an empty body",
      H10: "409 to a lock",
      H11: "400 with the server's reason",
      H12: "429 with Retry-After in seconds",
      H13: "Retry-After as a date",
      H15: "Retry-After that is negative, a word or there twice",
      H16: "a deletion is carried out and answered with 503",
      H17: "500 to each deletion while the contact stays",
      H18: "503 to everything",
      H20: "a login page with 200",
      H21: "other JSON than a list",
      H22: "an empty list",
      H23: "another count than there are records",
      H25: "200 without a body, and 204",
      H27: "a list in ISO-8859-1",
      H29: "a gzip bomb",
      H30: "an endless body",
      H31: "ten thousand contacts in 39 MB",
      H32: "six content encodings",
      H34: "a cookie",
      H35: "an error that repeats the token",
      H36: "one campaign of several fails",
      H38: "an unlock whose path an older server spells otherwise",
    },
  },
  {
    name: "Data in records",
    faults: {
      D02: "an ID as text",
      D03: "an ID that is none",
      D05: "a name that is a link to a command",
      D07: "a name with an icon in it",
      D08: "a comment with pictures to load",
      D10: "a name that writes a second log line",
      D11: "escape sequences and invisible line ends",
      D12: "a name of 10,000 characters, a comment of 1 MB",
      D13: "a record of nothing but nulls",
      D15: "a phone number with letters or tricks",
      D16: "an external link that is no https link",
      D17: "an external link that is one",
      D18: "an export that a spreadsheet would calculate",
      D19: "an export with separators, quotes and umlauts",
      D20: "strings that break programs, as name and UserData",
    },
  },
  {
    name: "Input",
    faults: {
      I01: "UserData with every reserved sign",
      I03: "UserData with half a character",
      I04: "UserData that is empty or blank",
      I05: "UserData with blanks at its ends",
      I06: "UserData of 65 characters",
      I08: "an ID that would leave its path",
      I09: "a deletion by a UserData that three contacts share",
      I10: "a deletion by a UserData that one contact has",
      I11: "a deletion by a UserData that nobody has",
      I12: "a look-up that fails",
      I13: "a list with repetitions and blanks",
      I14: "a list of 5,000 lines, three of them unusable",
      I15: "a base URL with and without a slash",
      I17: "a token with blanks, line ends or Bearer before it",
      I18: "a confirmation that is not given",
    },
  },
  {
    name: "Runs and journal",
    faults: {
      B01: "a cancel before the first request",
      B02: "a cancel in the middle",
      B03: "a second cancel",
      B04: "failures and absences among successes",
      B06: "another endpoint in the middle of a run",
      B09: "a contact that was added after the preview",
      B10: "two windows delete the same ten",
      B11: "the extension host is killed in the middle of a run",
      B12: "it is killed right after a deletion arrived",
      B13: "a journal that cannot be written",
      B14: "a journal that is cut anywhere",
      B15: "a journal that others could read",
      B16: "a contact is restored",
      B17: "a contact is restored whose UserData exists again",
      B20: "a contact that cannot be re-created",
      B21: "a journal older than it is kept",
      B22: "a deletion that leaves no trace",
      B23: "a thousand deletions",
      B24: "a lock of what is locked",
    },
  },
  {
    name: "Security",
    faults: {
      S01: "a workspace that defines an endpoint of its own",
      S03: "a window in Restricted Mode",
      S04: "nothing but the start of the extension",
      S05: "the token, in anything that is written",
      S06: "persons, in the log",
      S08: "NODE_TLS_REJECT_UNAUTHORIZED=0",
      S09: "files in the package that do not belong there",
      S11: "a held key",
      S12: "a secret storage that has lost the token",
    },
  },
];

/** Rows that nothing here stands against, and why. */
export const untried: Readonly<Record<string, string>> = {};

/** The ids of rows that a text names. */
export function faultsIn(text: string): string[] {
  return text.match(/\b[NHDIBS][0-9]{2}\b/g) ?? [];
}
