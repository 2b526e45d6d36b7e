import * as l10n from "../../../l10n";
import { parsedUrl } from "./parsedUrl";

/** What a person can do next about a failure; a view turns it into a button. */
export type NextStep = "setToken" | "checkEndpoint" | "openSettings" | "retry" | "showLog";

/** A sentence for a person and the step that fits. Server text in it is raw: the sink makes it harmless. */
export interface Explanation {
  readonly sentence: string;
  readonly next: NextStep;
}

/** What was asked, for messages: no query (it can hold personal data), never the token. */
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
 * A call that failed; one subclass per way of failing. `message` names method and URL and is for logs;
 * `sentence` says it to a person, `next` what the person can do.
 */
export abstract class ApiError extends Error {
  /** HTTP status where the server said one. */
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
