import * as l10n from "../../../l10n";
import { parsedUrl } from "./parsedUrl";

/** What a person can do next about a failure; a view turns it into a button. */
export type NextStep = (typeof nextSteps)[number];
export const nextSteps = ["setToken", "checkEndpoint", "openSettings", "retry", "showLog"] as const;

/**
 * A sentence for a person and the matching next step. Server text in it is raw: the code that shows it must escape it.
 */
export interface Explanation {
  readonly sentence: string;
  readonly next: NextStep;
}

/** The request, for messages: without query (it can hold personal data) and without token. */
export interface Asked {
  readonly method: string;
  /** Origin and path. */
  readonly url: string;
}

interface Circumstances {
  readonly cause?: unknown;
  readonly status?: number;
}

/**
 * A failed call, with one subclass per kind of failure. `message` names method and URL and is for logs; `sentence`
 * explains it to a person, and `next` is what the person can do.
 */
export abstract class ApiError extends Error {
  /** The HTTP status, if the server sent one. */
  readonly status: number | undefined;
  abstract readonly next: NextStep;

  constructor(
    readonly asked: Asked,
    what: string,
    circumstances: Circumstances = {},
  ) {
    super(
      `${asked.method} ${asked.url}: ${what}`,
      circumstances.cause === undefined ? {} : { cause: circumstances.cause },
    );
    this.status = circumstances.status;
  }

  abstract get sentence(): string;

  protected get host(): string {
    return parsedUrl(this.asked.url)?.host ?? this.asked.url;
  }

  protected say(message: string, more: l10n.SentenceValues = {}): string {
    return l10n.t(message, { host: this.host, status: this.status ?? "-", ...more });
  }

  protected withServerText(sentence: string, text: string): string {
    return text === "" ? sentence : l10n.t("{sentence} The server says: {text}", { sentence, text });
  }
}
